// Small questions about UTF-8 text. Anything that needs a language or a script is ICU's work
// (core/identity).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace touchline {

/// True for well-formed UTF-8 without surrogates or overlong forms (RFC 3629).
bool is_utf8(std::string_view text);
/// Well-formed UTF-8 whatever comes in: each bad byte becomes U+FFFD.
std::string to_utf8(std::string_view bytes);
std::size_t count_code_points(std::string_view utf8);
/// At most `limit` code points; a cut text ends in "…", which counts as one.
std::string truncate_text(std::string_view utf8, std::size_t limit);
std::string_view trim(std::string_view text);
std::string lower_ascii(std::string_view text);
/// The candidate a person most likely meant, or empty when none is close (at most a third of its
/// letters differ).
std::string_view closest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace touchline
