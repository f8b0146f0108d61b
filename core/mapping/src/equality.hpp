// JMESPath equality: by value, numbers by magnitude, objects whatever their order.
#pragma once

#include "value.hpp"

#include <cstddef>

namespace touchline::mapping {

/// `steps` is taken down by one for each pair of parts compared; at 0 the answer is false and means
/// nothing. (Values can share parts, so that a small expression can build a pair that takes for
/// ever to compare.)
bool equal(const Value& a, const Value& b, std::size_t& steps);

}  // namespace touchline::mapping
