// 64-bit hashes of texts, the same on every machine and in every version: blocking keys and frozen
// frequencies are stored by them.
#pragma once

#include <cstdint>
#include <string_view>

namespace touchline::identity {

constexpr std::uint64_t mix(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

constexpr std::uint64_t combine(std::uint64_t a, std::uint64_t b) {
    return mix(a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6) + (a >> 2)));
}

/// Of an empty text: 0, and of no other.
constexpr std::uint64_t hash_text(std::string_view text) {
    if (text.empty()) return 0;
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    hash = mix(hash);
    return hash == 0 ? 1 : hash;
}

}  // namespace touchline::identity
