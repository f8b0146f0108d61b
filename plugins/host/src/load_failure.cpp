#include "load_failure.hpp"

#include <string>

namespace touchline::host {

namespace {

/// The part of `text` behind `before` and up to the first of `ends`.
std::string_view part(std::string_view text, std::string_view before, std::string_view ends) {
    const auto begin = text.find(before);
    if (begin == std::string_view::npos) return {};
    text.remove_prefix(begin + before.size());
    return text.substr(0, text.find_first_of(ends));
}

}  // namespace

Error explain_load_failure(std::string_view words) {
    Error plain(Code::config, "the connector cannot be loaded: " + std::string(words));
    if (words.find("cannot open shared object file") != std::string_view::npos) {
        const std::string library(words.substr(0, words.find(':')));
        return Error(Code::config, "the connector needs " + library + ", which this system lacks")
            .cure("Install the package with that library, or link it into the connector.");
    }
    if (words.find("GLIBC_") != std::string_view::npos ||
        words.find("GLIBCXX_") != std::string_view::npos) {
        const std::string version(part(words, "version `", "'"));
        return Error(
                   Code::config,
                   "the connector was built on a newer system than this one (it needs " + version +
                       ")"
        )
            .cure("Build it on the oldest system that it is to run on.");
    }
    if (const auto symbol = part(words, "undefined symbol: ", ", ("); !symbol.empty()) {
        return Error(
                   Code::config,
                   "nobody defines the function " + std::string(symbol) +
                       ", which the connector calls"
        )
            .cure(
                "Link the library that has it into the connector. touchline_add_plugin() finds "
                "such "
                "gaps while it builds (-Wl,-z,defs)."
            );
    }
    return plain;
}

}  // namespace touchline::host
