// The same mapping of twelve members twice: as people write it in a file, and as a programmer would
// write it by hand.
#pragma once

#include "touchline/json/view.hpp"
#include "touchline/mapping/runner.hpp"

namespace touchline::bench {

mapping::Mapping ticket_mapping();
/// What the mapping makes of a record, in C++.
Result<void> map_by_hand(const mapping::Context& context, json::View record, mapping::Output& out);

struct MappingCosts {
    double interpreted = 0, by_hand = 0;  ///< CPU microseconds a record, without parsing it
};
MappingCosts measure_mapping();

}  // namespace touchline::bench
