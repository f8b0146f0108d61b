// Which of two versions of a record is older, as far as their text tells.
#pragma once

#include <string_view>

namespace touchline::store {

/// True when `a` was written before `b`: whole numbers compare as numbers, anything else as text
/// (RFC 3339 times of one zone order as text). An empty version is never older: the source does not
/// tell.
bool is_older(std::string_view a, std::string_view b);

}  // namespace touchline::store
