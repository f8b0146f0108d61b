// What a connector may ask for and what it gets to see: pure decisions of TargetClient.
#pragma once

#include "touchline/net/credentials.hpp"
#include "touchline/net/http_client.hpp"
#include "touchline/net/url.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace touchline::net {

/// `path` below `base`. Error denied: it would leave the base URL ("//host", "..", a backslash, a
/// fragment).
Result<Url> below(const Url& base, std::string_view path, const Query& query);
/// Same origin, and a path under the base path.
bool is_below(const Url& base, const Url& url);
/// Error denied: another origin than the target's.
Result<Url> same_origin(const Url& base, std::string_view link);
/// Error denied: a field that belongs to the host. Error config: a field that would break the
/// message.
Result<void> check_fields(const Headers& headers, const Credentials& credentials);
/// Without cookies, challenges and credentials.
void strip_answer(Headers& headers);

/// The request that a redirect asks for; nothing when the answer is none. Error denied: it leads
/// out of the target.
Result<std::optional<Request>> redirected(
    const Url& base, const Request& request, const Response& response
);

}  // namespace touchline::net
