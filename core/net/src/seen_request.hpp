// What others may see of a request and its answer.
#pragma once

#include "touchline/net/credentials.hpp"
#include "touchline/net/http_client.hpp"
#include "touchline/net/request_log.hpp"

namespace touchline::net {

/// The request as it is before `credentials` are on it.
SeenRequest seen_before(const Credentials& credentials, const Request& request);

/// `response` is one in which no secret is echoed any more. `with_answer`: what a refusal says is
/// kept.
void see_outcome(SeenRequest& seen, const Result<Response>& response, bool with_answer);

}  // namespace touchline::net
