// Whether a request may go on once its header is known: a pure decision.
#pragma once

#include "touchline/net/http_server.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace touchline::net {

struct RequestCheck {
    std::optional<ServerResponse> refusal;
    std::uint64_t body_limit = 0;
    bool expects_continue = false;
};

/// `version` is 11 for HTTP/1.1; `request` has its method and fields, and gets its target.
RequestCheck check_request(
    std::string_view target,
    unsigned version,
    std::optional<std::uint64_t> length,
    const ServerOptions& options,
    ServerRequest& request
);

}  // namespace touchline::net
