// The streams that follow the feed: what happened (`transactions`) and how the tickets are now
// (`tickets`).
#pragma once

#include "feed.hpp"

namespace request_tracker {

Result<touchline::sdk::ReadEnd> read_transactions(Job& job, const touchline::sdk::ReadArgs& args);
/// Tickets are found through the feed alone: a search by date never hears of a merge or a deletion.
Result<touchline::sdk::ReadEnd> read_tickets(Job& job, const touchline::sdk::ReadArgs& args);

}  // namespace request_tracker
