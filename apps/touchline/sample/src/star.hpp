// The customer to look at first: one story that crosses every department, told the same way for
// every seed.
#pragma once

#include "office.hpp"
#include "people.hpp"

namespace touchline::sample {

void tell_star(Office& office, const Person& star);

}  // namespace touchline::sample
