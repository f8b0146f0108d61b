#include "words.hpp"

namespace touchline::identity {

std::vector<std::string> split_words(std::string_view lower_ascii) {
    std::vector<std::string> words;
    bool inside = false;
    for (const char c : lower_ascii) {
        if (inside && (c == '\'' || c == '`')) continue;
        const bool part = is_letter(c) || is_digit(c);
        if (part && !inside) words.emplace_back();
        if (part) words.back() += c;
        inside = part;
    }
    return words;
}

std::string join_words(const std::vector<std::string>& words, std::string_view between) {
    std::string text;
    for (const auto& word : words) {
        if (!text.empty()) text += between;
        text += word;
    }
    return text;
}

std::string squeeze(std::string_view lower_ascii) {
    std::string text;
    for (const char c : lower_ascii)
        if (is_letter(c) || is_digit(c)) text += c;
    return text;
}

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (is_digit(c)) digits += c;
    return digits;
}

}  // namespace touchline::identity
