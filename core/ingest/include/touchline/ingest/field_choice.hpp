// What people decide on a customer's fields when sources differ, or are all wrong.
#pragma once

#include "touchline/ingest/curation.hpp"

#include <string_view>

namespace touchline::ingest {

/// From now on the customer's field has this value (JSON), whatever sources say, until somebody
/// decides anew or takes it back. It stays with the identity that says so, and with the one the
/// customer was made for where none does; a split takes it along. Errors: not_found, bad_data.
Result<void> choose_field(
    const Environment& environment,
    std::string_view customer,
    std::string_view field,
    std::string_view value,
    const DecisionOptions& options
);

/// What sources say counts again. Errors: not_found (also: nobody has decided).
Result<void> release_field(
    const Environment& environment, std::string_view customer, std::string_view field
);

}  // namespace touchline::ingest
