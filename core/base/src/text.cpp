#include "touchline/base/text.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

namespace touchline {
namespace {

bool is_continuation(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

/// The same byte eight times.
constexpr std::uint64_t eight(std::uint64_t byte) {
    return byte * 0x0101010101010101U;
}

/// The first eight bytes, to look at them together.
std::uint64_t eight_bytes(std::string_view text) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), sizeof bytes);
    return bytes;
}

/// Length of the well-formed sequence at the front of `text`, or 0.
std::size_t sequence_length(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = at(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(at(i))) return 0;
    }
    if (lead == 0xE0 && at(1) < 0xA0) return 0;  // overlong
    if (lead == 0xED && at(1) > 0x9F) return 0;  // surrogates
    if (lead == 0xF0 && at(1) < 0x90) return 0;  // overlong
    if (lead == 0xF4 && at(1) > 0x8F) return 0;  // beyond U+10FFFF
    return length;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
            diagonal = above;
        }
    }
    return row.back();
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        if (text.size() >= sizeof(std::uint64_t) && (eight_bytes(text) & eight(0x80)) == 0) {
            text.remove_prefix(sizeof(std::uint64_t));
            continue;
        }
        const std::size_t length = sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string to_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(bytes);
        text.append(length == 0 ? std::string_view("\xEF\xBF\xBD") : bytes.substr(0, length));
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return text;
}

std::size_t count_code_points(std::string_view utf8) {
    std::size_t count = 0;
    for (; utf8.size() >= sizeof(std::uint64_t); utf8.remove_prefix(sizeof(std::uint64_t))) {
        const std::uint64_t bytes = eight_bytes(utf8);
        // Continuations are 10xxxxxx.
        const std::uint64_t continuations = (bytes >> 7) & ~(bytes >> 6) & eight(1);
        count += sizeof bytes - static_cast<std::size_t>(std::popcount(continuations));
    }
    for (const char c : utf8) count += is_continuation(static_cast<unsigned char>(c)) ? 0U : 1U;
    return count;
}

std::string truncate_text(std::string_view utf8, std::size_t limit) {
    if (utf8.size() <= limit || count_code_points(utf8) <= limit) return std::string(utf8);
    if (limit == 0) return {};
    std::size_t end = 0;
    for (std::size_t kept = 0; end < utf8.size(); ++end) {
        if (is_continuation(static_cast<unsigned char>(utf8[end]))) continue;
        if (kept++ == limit - 1) break;
    }
    return std::string(utf8.substr(0, end)) + "…";
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view k_space = " \t\r\n\f\v";
    const std::size_t first = text.find_first_not_of(k_space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(k_space) - first + 1);
}

std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

std::string_view closest(std::string_view word, std::span<const std::string_view> candidates) {
    std::string_view best;
    std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

}  // namespace touchline
