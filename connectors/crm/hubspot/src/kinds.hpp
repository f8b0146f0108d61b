// HubSpot's kinds of objects: one stream each, read the same way.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hubspot {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

struct Kind {
    std::string_view name;      ///< the stream, and what HubSpot's paths call it
    std::string_view modified;  ///< the property that holds when an object was changed
    std::vector<std::string_view> properties;
    std::vector<std::string_view> associated;  ///< the kinds that its objects belong to

    std::string path() const { return "/crm/v3/objects/" + std::string(name); }
};

/// nullptr: there is none.
const Kind* kind_named(std::string_view name);

/// Objects that were changed, by search. Leaves the state where the next run goes on.
Result<void> read_changes(Job& job, const sdk::ReadArgs& args, const Kind& kind, sdk::State& state);
/// Objects that were archived: search does not find them.
Result<void> read_archived(Job& job, const Kind& kind);
/// Records out of objects that an answer lists at `list`: one a line, with the ids of what they
/// belong to, and one more for each that was merged into them.
Result<std::string> lines_of(
    Job& job, const Kind& kind, const sdk::Body& answer, const std::string& list
);
/// What HubSpot calls tell of, fetched as it is now.
Result<void> take_webhook(Job& job, const sdk::Webhook& webhook);

}  // namespace hubspot
