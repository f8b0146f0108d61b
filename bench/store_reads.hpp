// What it costs to read a customer's timeline and to look a customer up.
#pragma once

#include "touchline/store/store.hpp"

#include <cstdint>

namespace touchline::bench {

struct ReadCosts {
    double timeline = 0, look_up = 0;  ///< CPU microseconds a request
};

/// Asks for the customers that a Synthetic of so many customers names first, by their e-mail
/// address: busy ones often, as in life.
ReadCosts measure_reads(store::Store& store, std::int64_t customers);

}  // namespace touchline::bench
