// One function per way of reading Zendesk.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

#include <string>

namespace zendesk {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

/// Tickets or users by Zendesk's incremental export with a cursor: everything that changed, up to a
/// minute ago, deleted tickets included.
Result<sdk::ReadEnd> read_export(Job& job, const sdk::ReadArgs& args);
/// Comments by the export of ticket events, each with its ticket and its author.
Result<sdk::ReadEnd> read_comments(Job& job, const sdk::ReadArgs& args);
/// Ratings by the time of their creation; those of the last days again, since they can change.
Result<sdk::ReadEnd> read_ratings(Job& job, const sdk::ReadArgs& args);

/// Where a first run begins, in the seconds that Zendesk counts in.
inline std::string first_second(const sdk::ReadArgs& args) {
    return std::to_string(args.since_unix_ms.value_or(0) / 1000);
}

}  // namespace zendesk
