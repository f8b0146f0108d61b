// What time takes from evidence: telephone numbers pass from one owner to the next.
#pragma once

#include "comparison/levels.hpp"

#include "touchline/identity/comparison.hpp"

#include <algorithm>

namespace touchline::identity {

/// Bits that an equal number is worth less when the two records lie so many years apart: numbers
/// are handed on, but how many is not known, so it decides only what little else speaks for.
inline double faded_bits(Aspect aspect, const Compared& compared, std::size_t place) {
    constexpr double k_each_year = 0.1, k_most = 1;
    constexpr int k_fresh_years = 1;
    if (aspect != Aspect::phone || compared.level[place] != phone_level::equal) return 0;
    const int years = compared.years_apart - k_fresh_years;
    return std::clamp(years * k_each_year, 0.0, k_most);
}

}  // namespace touchline::identity
