// What people do about deliveries that stopped, beside a running Deliverer: its next step takes it
// up.
#pragma once

#include "touchline/store/store.hpp"

#include <string_view>

namespace touchline::deliver {

/// A destination that disabled itself ("gone") goes on from where it stopped. Nothing happens to
/// one that is enabled.
Result<void> enable_destination(store::Store& store, std::string_view destination);

/// The event of a dead letter of a delivery waits for another attempt, due now, in its customer's
/// order; the dead letter goes. Errors: not_found (no such dead letter, or the feed no longer holds
/// the event), bad_data (it is not of a delivery).
Result<void> retry_delivery(store::Store& store, store::DeadLetterKey letter, Time now);

}  // namespace touchline::deliver
