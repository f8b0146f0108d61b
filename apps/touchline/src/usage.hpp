// What to say to whom typed something that is no command.
#pragma once

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace touchline::app {

/// The fault in the user's words, and where help is: complete lines. After a parse that failed.
std::string explain_usage(const CLI::App& app, const CLI::ParseError& error);

}  // namespace touchline::app
