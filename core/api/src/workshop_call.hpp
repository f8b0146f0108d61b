// What the resources of the workshop share.
#pragma once

#include "routes.hpp"

#include "touchline/json/view.hpp"

namespace touchline::api {

/// Error: not_found, where this installation has none.
Result<Workshop*> workshop_of(const Call& call);

/// From the members connection, stream, from, to and share of a body. Error: bad_data.
Result<store::RawSelection> selection_in(json::View body);

/// Whether texts of records are shown as they came: asked for with `masked=0`. Errors: bad_data,
/// denied (the caller does not read everything).
Result<bool> shows_all(const Call& call);

}  // namespace touchline::api
