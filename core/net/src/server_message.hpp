// What the server makes of a request target and of an answer: pure functions.
#pragma once

#include "touchline/net/http_server.hpp"

#include <string>
#include <string_view>

namespace touchline::net {

/// Fills target, path and query. Error bad_data: not a path, or badly encoded.
Result<void> read_target(std::string_view target, ServerRequest& request);

enum class BodyFraming {
    length,   ///< Content-Length.
    chunked,  ///< A stream to HTTP/1.1.
    close,    ///< A stream to HTTP/1.0: it ends with the connection.
};

/// Status line and fields. Error internal: a field that cannot be sent.
Result<std::string> answer_head(const ServerResponse& answer, BodyFraming framing, bool keep_alive);
/// 1xx, 204 and 304 have no body (RFC 9112, section 6.3).
bool may_have_body(int status);
std::string as_chunk(std::string_view bytes);
/// A plain-text answer about a request that never reached the handler.
ServerResponse refusal(int status, std::string reason);

}  // namespace touchline::net
