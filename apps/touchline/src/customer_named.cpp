#include "customer_named.hpp"

#include "touchline/identity/normalise.hpp"

namespace touchline::app {
namespace {

constexpr std::size_t k_matches = 20;

}  // namespace

Result<view::Lookup> look_up(
    Installation& installation, store::Reader& reader, const std::string& text
) {
    const identity::Normaliser normaliser(installation.policy());
    return view::lookup(reader, installation.catalogue(), normaliser, text, k_matches);
}

Result<std::string> customer_named(
    Installation& installation, store::Reader& reader, const std::string& text
) {
    if (text.starts_with("cu_")) return text;
    TOUCHLINE_TRY(const view::Lookup found, look_up(installation, reader, text));
    if (found.matches.empty()) return Error(Code::not_found, "nobody is known as \"" + text + "\"");
    if (found.matches.size() > 1) {
        return Error(
                   Code::conflict,
                   std::to_string(found.matches.size()) + " customers fit \"" + text + "\""
        )
            .cure("Name one by its id; `touchline customer find` lists them.");
    }
    return found.matches.front().customer;
}

}  // namespace touchline::app
