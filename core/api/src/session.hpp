// Signing in and out, and who one is: what a page asks before anything else, so none of it needs a
// sign-in itself.
#pragma once

#include "touchline/api/api.hpp"

#include <optional>

namespace touchline::api {

/// The answer, when the path is one of /api/v1/session and /api/v1/sign-in.
std::optional<net::ServerResponse> answer_session(
    const ApiOptions& options, const net::ServerRequest& request
);

}  // namespace touchline::api
