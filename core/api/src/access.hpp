// Who may come in.
#pragma once

#include "touchline/base/secret.hpp"
#include "touchline/net/http_server.hpp"

namespace touchline::api {

/// With a token: the request carries it as a bearer token. Without one: the request names a
/// loopback host, so that no page of a foreign name can reach an installation without sign-in (DNS
/// rebinding). Error: auth, denied.
Result<void> check_access(const net::ServerRequest& request, const Secret& token);

/// A request that changes something says that its body is JSON: browsers then ask before they send
/// it across origins.
Result<void> check_change(const net::ServerRequest& request);

}  // namespace touchline::api
