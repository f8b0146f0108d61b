// The few things that ICU does for this module, over UTF-8.
#pragma once

#include "touchline/base/result.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace touchline::identity {

inline bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Control characters of ASCII and beyond (category Cc).
bool has_control(std::string_view utf8);
/// As base trim(), but for every white space of Unicode.
std::string trim_unicode(std::string_view utf8);

Result<std::string> to_nfc(std::string_view utf8);
/// Compatibility forms (full-width letters and digits, ligatures) become their plain ones.
Result<std::string> to_nfkc(std::string_view utf8);
/// Locale-independent lower case.
std::string to_lower(std::string_view utf8);
std::string fold_case(std::string_view utf8);

}  // namespace touchline::identity
