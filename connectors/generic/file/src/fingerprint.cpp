#include "fingerprint.hpp"

#include <algorithm>

namespace file_connector {

namespace {

constexpr std::string_view k_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr Fingerprint k_mask = (Fingerprint{1} << 48U) - 1;
constexpr std::size_t k_characters = 8;

}  // namespace

Fingerprint fingerprint_of_digest(std::string_view digest) {
    Fingerprint value = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(6, digest.size()); ++i) {
        value = (value << 8U) | static_cast<unsigned char>(digest[i]);
    }
    return value;
}

Fingerprint fingerprint_of_text(std::string_view text) {
    Fingerprint value = 0xcbf29ce484222325U;
    for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    // Folding alone leaves the low bits of similar names alike (the finaliser of MurmurHash3).
    value = (value ^ (value >> 33U)) * 0xff51afd7ed558ccdU;
    value = (value ^ (value >> 33U)) * 0xc4ceb9fe1a85ec53U;
    return (value ^ (value >> 33U)) & k_mask;
}

std::string to_text(const std::vector<Fingerprint>& list) {
    std::string text;
    text.reserve(list.size() * k_characters);
    for (const Fingerprint value : list) {
        for (unsigned shift = 48; shift > 0; shift -= 6)
            text += k_digits[(value >> (shift - 6)) & 63U];
    }
    return text;
}

std::vector<Fingerprint> fingerprints_from(std::string_view text) {
    std::vector<Fingerprint> list;
    for (; text.size() >= k_characters; text.remove_prefix(k_characters)) {
        Fingerprint value = 0;
        bool readable = true;
        for (const char c : text.substr(0, k_characters)) {
            const auto digit = k_digits.find(c);
            readable = readable && digit != std::string_view::npos;
            value = (value << 6U) | (digit & 63U);
        }
        if (readable) list.push_back(value);
    }
    return list;
}

}  // namespace file_connector
