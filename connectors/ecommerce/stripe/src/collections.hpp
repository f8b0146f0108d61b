// Stripe's collections, and what is different about each.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace stripe {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

struct Collection {
    std::string_view stream;               ///< also its path
    std::string_view object;               ///< what its objects call themselves
    std::vector<std::string_view> events;  ///< that tell of a change; Stripe takes at most twenty
    /// Refunds and disputes know their charge only, and that knows the customer. Events do not
    /// carry it, so these are fetched again.
    bool with_charge = false;
};

/// Error config: there is no such stream.
Result<const Collection*> collection_of(const std::string& stream);
/// nullptr: nothing that this connector reads.
const Collection* collection_of_object(std::string_view object);

/// One object as it is now. Of one that was deleted {"id": …, "deleted": true}.
Result<std::string> fetch_object(Job& job, const Collection& collection, const std::string& id);

/// All objects, newest first, on from where `state` stands. Fewer when `args` say since when.
Result<void> list_objects(
    Job& job, const sdk::ReadArgs& args, const Collection& collection, sdk::State& state
);
/// What events have changed since the list was begun or events were read last.
Result<void> read_events(
    Job& job, const sdk::ReadArgs& args, const Collection& collection, sdk::State& state
);
/// Stripe keeps events for thirty days: whether some that were not read may be gone.
bool has_missed_events(Job& job, const sdk::State& state);

}  // namespace stripe
