// Asking Shopify's GraphQL API, which says "too many" and "not allowed" with status 200.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

#include <string>

namespace shopify {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

/// `variables` is a JSON object. Waits, as long as Shopify's bucket needs to fill, when it is asked
/// to slow down. Errors: denied (a scope is missing), config (the query is not of this version),
/// rate_limited.
Result<sdk::HttpResponse> ask(Job& job, const std::string& query, const std::string& variables);

}  // namespace shopify
