// What people add to a timeline themselves: notes, and pins on what colleagues should see.
#pragma once

#include "touchline/ingest/ingestor.hpp"

#include <string>
#include <string_view>

namespace touchline::ingest {

/// Writes an internal note onto the customer's timeline, as a touchpoint of the connection
/// `touchline`, and pins it. Returns the touchpoint's id. Errors: not_found, bad_data (empty, or
/// more than 2,000 bytes).
Result<std::string> add_note(
    const Environment& environment,
    std::string_view customer,
    std::string_view text,
    std::string_view author
);

/// Marks a touchpoint of the customer for everybody, or takes the mark away. Error: not_found.
Result<void> set_pin(
    const Environment& environment,
    std::string_view customer,
    std::string_view touchpoint,
    bool pinned,
    std::string_view author
);

}  // namespace touchline::ingest
