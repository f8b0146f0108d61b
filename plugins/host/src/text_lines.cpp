#include "text_lines.hpp"

#include <cstddef>

namespace touchline::host {
namespace {

constexpr std::string_view k_digest_prefix = "sha256:";

int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

std::vector<std::string_view> words_of(std::string_view line, std::size_t most) {
    std::vector<std::string_view> words;
    while (!line.empty()) {
        const auto end = words.size() + 1 == most ? std::string_view::npos : line.find(' ');
        words.push_back(line.substr(0, end));
        if (end == std::string_view::npos) break;
        line.remove_prefix(end + 1);
    }
    return words;
}

std::string digest_text(const Digest& digest) {
    return std::string(k_digest_prefix) + to_hex(digest);
}

std::optional<Digest> parse_digest(std::string_view text) {
    Digest digest{};
    if (!text.starts_with(k_digest_prefix) ||
        text.size() != k_digest_prefix.size() + digest.size() * 2) {
        return std::nullopt;
    }
    text.remove_prefix(k_digest_prefix.size());
    for (std::size_t i = 0; i < digest.size(); ++i) {
        const int high = hex_value(text[2 * i]), low = hex_value(text[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        digest[i] = static_cast<unsigned char>(high * 16 + low);
    }
    return digest;
}

}  // namespace touchline::host
