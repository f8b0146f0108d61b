// The manual page and the shell completions, made from the command line's own description.
#pragma once

#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace touchline::app {

/// In troff, for man(1).
std::string manual_page(const CLI::App& app);
/// For bash, zsh or fish.
std::string completions(const CLI::App& app, std::string_view shell);

}  // namespace touchline::app
