// Words that were mistyped.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/store/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace touchline::view {

/// How many letters have to be put in, taken out, changed or swapped with their neighbour; counting
/// stops above `limit`. By bytes: search terms are folded to ASCII wherever that is possible.
std::size_t typing_distance(std::string_view a, std::string_view b, std::size_t limit);

/// Known search terms that somebody may have meant by this one, closest first. The first two
/// letters are taken to be right.
Result<std::vector<std::string>> meant_by(store::Reader& reader, std::string_view term);

}  // namespace touchline::view
