// Reading the feed of transactions page by page: what is new, in order, to the end.
#pragma once

#include "feed_state.hpp"
#include "rest.hpp"

#include <functional>
#include <string>
#include <vector>

namespace request_tracker {

/// Emits the records that a page of new transactions leads to.
using OnTransactions = std::function<Result<void>(const std::vector<Transaction>& page)>;

/// Reads from `args.state` to the newest transaction there was at the beginning, with one
/// checkpoint after each page. `since` of the arguments bounds it below.
Result<touchline::sdk::ReadEnd> read_feed(
    Job& job, const touchline::sdk::ReadArgs& args, const OnTransactions& on_page
);

}  // namespace request_tracker
