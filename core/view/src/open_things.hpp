// What is open with a customer, told from what the sources recorded.
#pragma once

#include "customer_keys.hpp"

#include "touchline/view/summary.hpp"

namespace touchline::view {

/// Late ones first, then oldest first.
Result<std::vector<OpenThing>> open_things(
    store::Reader& reader, const Catalogue& catalogue, const CustomerKeys& keys, Time now
);

}  // namespace touchline::view
