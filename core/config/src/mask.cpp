#include "mask.hpp"

#include "touchline/base/text.hpp"

#include <array>

namespace touchline::config {
namespace {

bool is_key_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

/// Where the value that begins at `at` ends.
std::size_t end_of_value(std::string_view line, std::size_t at) {
    if (line[at] == '"' || line[at] == '\'') {
        const auto close = line.find(line[at], at + 1);
        return close == std::string_view::npos ? line.size() : close + 1;
    }
    const auto end = line.find_first_of(",}", at);
    return end == std::string_view::npos ? line.size() : end;
}

void mask_line(std::string& text, std::size_t begin, std::size_t size) {
    const std::string line = text.substr(begin, size);
    for (auto colon = line.find(':'); colon != std::string::npos;
         colon = line.find(':', colon + 1)) {
        std::size_t key_end = colon;
        if (key_end > 0 && (line[key_end - 1] == '"' || line[key_end - 1] == '\'')) --key_end;
        std::size_t key_begin = key_end;
        while (key_begin > 0 && is_key_letter(line[key_begin - 1])) --key_begin;
        if (key_begin >= 2 && line.compare(key_begin - 2, 2, "${") == 0) continue;
        if (!looks_secret(std::string_view(line).substr(key_begin, key_end - key_begin))) continue;
        const auto value = line.find_first_not_of(" \t", colon + 1);
        if (value == std::string::npos ||
            std::string_view("{[|>&*#").find(line[value]) != std::string_view::npos) {
            continue;
        }
        const auto end = end_of_value(line, value);
        if (line.find("${", value) < end) continue;
        for (std::size_t i = value; i < end; ++i) text[begin + i] = '*';
    }
}

}  // namespace

bool looks_secret(std::string_view key) {
    constexpr std::array<std::string_view, 6> k_words = {
        "password", "secret", "token", "api_key", "apikey", "passphrase"};
    const std::string lower = lower_ascii(key);
    for (const std::string_view word : k_words) {
        if (lower == word || lower.ends_with("_" + std::string(word))) return true;
    }
    return false;
}

std::string mask_secrets(std::string text) {
    for (std::size_t begin = 0; begin < text.size();) {
        auto end = text.find('\n', begin);
        if (end == std::string::npos) end = text.size();
        mask_line(text, begin, end - begin);
        begin = end + 1;
    }
    return text;
}

}  // namespace touchline::config
