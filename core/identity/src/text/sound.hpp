// How a name sounds, roughly: equal for spellings that a clerk, a telephone line or a
// transliteration confuses.
#pragma once

#include <cstdint>
#include <string_view>

namespace touchline::identity {

/// Up to six consonant groups, packed; vowels count at the beginning only, so that names written in
/// an alphabet without vowels compare as well. 0 for a text without letters. `word` is lower-case
/// ASCII.
std::uint32_t sound_of(std::string_view word);

}  // namespace touchline::identity
