// Cutting normalised text into words.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
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

/// Whether a word may be in a list, by its first sign and its length: most are not, and that shows
/// without looking at each word of the list.
class WordHint {
public:
    template <typename Words, typename Text = std::identity>
    constexpr explicit WordHint(const Words& words, Text text = {}) {
        for (const auto& word : words) {
            const std::string_view one = std::invoke(text, word);
            lengths_[first_of(one)] |= length_of(one);
        }
    }
    constexpr bool may_contain(std::string_view word) const {
        return !word.empty() && (lengths_[first_of(word)] & length_of(word)) != 0;
    }

private:
    static constexpr std::size_t first_of(std::string_view word) {
        return static_cast<unsigned char>(word.front()) % 32;
    }
    static constexpr std::uint32_t length_of(std::string_view word) {
        return std::uint32_t{1} << std::min<std::size_t>(word.size(), 31);
    }
    std::array<std::uint32_t, 32> lengths_{};
};

/// Runs of letters and digits; an apostrophe inside a word is dropped ("o'brien" is one word).
std::vector<std::string> split_words(std::string_view lower_ascii);
std::string join_words(const std::vector<std::string>& words, std::string_view between = " ");
/// Letters and digits only, without anything between them.
std::string squeeze(std::string_view lower_ascii);
std::string digits_of(std::string_view text);

}  // namespace touchline::identity
