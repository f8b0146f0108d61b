// One function per way of reading Intercom.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

#include <string>

namespace intercom {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

/// A request in the version of the API that this was written for.
sdk::HttpRequest request(std::string path);

/// Contacts and conversations by search; of parts, what stands in each conversation that was
/// changed.
Result<sdk::ReadEnd> read_search(Job& job, const sdk::ReadArgs& args);
/// A conversation's parts: {"part": …, "conversation": …}. What is gone has none.
Result<void> emit_parts(Job& job, const std::string& id);

}  // namespace intercom
