// Cutting normalised text into words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace touchline::identity {

inline bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}
inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Runs of letters and digits; an apostrophe inside a word is dropped ("o'brien" is one word).
std::vector<std::string> split_words(std::string_view lower_ascii);
std::string join_words(const std::vector<std::string>& words, std::string_view between = " ");
/// Letters and digits only, without anything between them.
std::string squeeze(std::string_view lower_ascii);
std::string digits_of(std::string_view text);

}  // namespace touchline::identity
