// Random numbers that are the same on every machine: xoshiro256** (Blackman, Vigna), seeded by
// splitmix64. The standard library's distributions differ between implementations, so none is used.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace touchline::sample {

class Random {
public:
    explicit Random(std::uint64_t seed);

    std::uint64_t next();
    /// From 0 to count - 1; the bias of the remainder is far below what a sample can show.
    std::uint32_t below(std::uint32_t count);
    std::uint32_t between(std::uint32_t low, std::uint32_t high) {
        return low + below(high - low + 1);
    }
    bool chance(std::uint32_t per_mille) { return below(1000) < per_mille; }
    template <typename T, std::size_t N>
    const T& pick(std::span<const T, N> values) {
        return values[below(static_cast<std::uint32_t>(values.size()))];
    }
    template <typename T, std::size_t N>
    const T& pick(const T (&values)[N]) {
        return values[below(static_cast<std::uint32_t>(N))];
    }

private:
    std::array<std::uint64_t, 4> state_;
};

}  // namespace touchline::sample
