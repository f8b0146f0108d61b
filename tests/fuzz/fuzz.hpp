// What a fuzz target is: one function over bytes that nobody vouches for. A target holds the code
// under it to what its header promises, and aborts where the promise is broken.
#pragma once

#include "touchline/base/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace touchline::fuzz {

/// Defined by each target.
void run(std::string_view input);

/// Up to the first line end, and what follows it; for targets that take two texts.
inline std::pair<std::string_view, std::string_view> first_line(std::string_view input) {
    const auto end = input.find('\n');
    if (end == std::string_view::npos) return {input, {}};
    return {input.substr(0, end), input.substr(end + 1)};
}

}  // namespace touchline::fuzz
