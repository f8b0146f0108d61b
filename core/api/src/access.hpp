// Who sent a request, and whether it may change something.
#pragma once

#include "touchline/access/role.hpp"
#include "touchline/api/api.hpp"

namespace touchline::api {

/// With a door, who it says; else whoever has the token. Without either: anybody who names a
/// loopback host, so that no page of a foreign name can reach an installation without sign-in (DNS
/// rebinding). Error: auth, denied.
Result<access::Caller> caller_of(const ApiOptions& options, const net::ServerRequest& request);

/// A request that changes something says that its body is JSON: browsers then ask before they send
/// it across origins.
Result<void> check_change(const net::ServerRequest& request);

}  // namespace touchline::api
