// Keys of a profile as one blob: 8 bytes each.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::store::sqlite {

inline std::string pack_keys(const std::vector<std::uint64_t>& keys) {
    std::string packed(keys.size() * sizeof(std::uint64_t), '\0');
    if (!keys.empty()) std::memcpy(packed.data(), keys.data(), packed.size());
    return packed;
}

inline std::vector<std::uint64_t> unpack_keys(std::string_view packed) {
    std::vector<std::uint64_t> keys(packed.size() / sizeof(std::uint64_t));
    if (!keys.empty()) std::memcpy(keys.data(), packed.data(), keys.size() * sizeof(std::uint64_t));
    return keys;
}

}  // namespace touchline::store::sqlite
