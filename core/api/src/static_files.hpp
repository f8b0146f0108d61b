// The web app's files: from the binary to the browser, compressed as they are embedded.
#pragma once

#include "touchline/api/api.hpp"

namespace touchline::api {

/// The file at the request's path, in the smallest form that the caller accepts.
net::ServerResponse serve_file(const ApiOptions& options, const net::ServerRequest& request);

}  // namespace touchline::api
