// The readable part of a message: what the author wrote, without quotes of others and without
// markup.
#pragma once

#include <string>
#include <string_view>

namespace touchline::mapping {

/// Drops lines that start with ">", the line that introduces them ("On … wrote:") and all below
/// "Original Message".
std::string strip_quotes(std::string_view text);
/// Text of an HTML fragment: block elements start a new line, scripts and styles go, entities
/// become characters.
std::string strip_html(std::string_view html);

}  // namespace touchline::mapping
