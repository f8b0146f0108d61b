// Keeps secrets that somebody wrote into a configuration out of what is printed about it.
#pragma once

#include <string>
#include <string_view>

namespace touchline::config {

/// "password", "api_key", "client_secret": keys whose values are not shown.
bool looks_secret(std::string_view key);
/// The text with the values of such keys replaced by as many asterisks, so that places stay right.
/// References stay. Works line by line, because a text that is not valid YAML is printed too.
std::string mask_secrets(std::string text);

}  // namespace touchline::config
