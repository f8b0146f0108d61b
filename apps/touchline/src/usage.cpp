#include "usage.hpp"

#include "touchline/base/text.hpp"

#include <CLI/CLI.hpp>

#include <string_view>
#include <vector>

namespace touchline::app {
namespace {

/// A group of commands without one of them: which is missing, or what is none.
std::string missing_command(
    const CLI::App& group, const std::string& path, const std::vector<std::string>& rest
) {
    if (rest.empty()) return "a command is missing";
    const auto all = group.get_subcommands([](const CLI::App*) { return true; });
    std::vector<std::string> names;
    for (const CLI::App* one : all) names.push_back(one->get_name());
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    const std::string_view meant = closest(rest.front(), candidates);
    std::string text = "there is no command \"" + path + " " + rest.front() + "\"";
    if (!meant.empty()) text += "; did you mean \"" + std::string(meant) + "\"?";
    return text;
}

/// CLI11 writes "Could not convert: NAME = VALUE".
std::string in_plain_words(std::string text) {
    constexpr std::string_view k_conversion = "Could not convert: ";
    const std::size_t mark = text.find(" = ");
    if (!text.starts_with(k_conversion) || mark == std::string::npos) return text;
    return text.substr(k_conversion.size(), mark - k_conversion.size()) + " cannot be \"" +
           text.substr(mark + 3) + "\"";
}

}  // namespace

std::string explain_usage(const CLI::App& app, const CLI::ParseError& error) {
    const CLI::App* at = &app;
    std::string path = at->get_name();
    while (!at->get_subcommands().empty()) {
        at = at->get_subcommands().front();
        path += " " + at->get_name();
    }
    const bool is_group = at->get_require_subcommand_min() > 0;
    const std::string what =
        is_group ? missing_command(*at, path, app.remaining(true)) : in_plain_words(error.what());
    return "error: " + what + "\nnext: " + path + " --help\n";
}

}  // namespace touchline::app
