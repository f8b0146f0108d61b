// What servers say about how much may still be asked of them.
#pragma once

#include "touchline/base/time.hpp"
#include "touchline/net/headers.hpp"

#include <optional>
#include <string>
#include <vector>

namespace touchline::net {

/// One of the server's limits, as its last answer told it.
struct Allowance {
    std::string name;  ///< "second", "minute", "day": tells a server's limits apart
    double limit = 0, remaining = 0;
    Time resets_at{};  ///< when `remaining` is `limit` again
};

/// Reads RateLimit-* (IETF draft), X-RateLimit-*, X-Rate-Limit*, X-HubSpot-RateLimit-*,
/// Sforce-Limit-Info and X-Shopify-Shop-Api-Call-Limit. Resets are understood as seconds from now,
/// as seconds or milliseconds since 1970, or as a time; a limit without one is taken to last a
/// minute.
std::vector<Allowance> read_allowances(const Headers& headers, Time now);

}  // namespace touchline::net
