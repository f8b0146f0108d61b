// Questions to Vendure's Admin API.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

namespace vendure {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

/// `variables` is a JSON object. The answer holds "/data". Errors, which Vendure answers with 200:
/// denied (a right is missing), bad_data.
Result<sdk::HttpResponse> ask(
    Job& job, const std::string& query, const std::string& variables = "{}"
);

}  // namespace vendure
