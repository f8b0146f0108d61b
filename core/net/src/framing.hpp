// How long a message's body is, decided as RFC 9112, section 6 demands: whatever two programs could
// read in two ways is refused, because that is how requests are smuggled.
#pragma once

#include "touchline/net/headers.hpp"

#include <optional>
#include <string>

namespace touchline::net {

/// `minor` is that of HTTP/1.x. The reason for refusing the message, or nothing.
std::optional<std::string> framing_fault(int minor, const Headers& headers);
/// What only a request is refused for: no Host, or more than one.
std::optional<std::string> host_fault(int minor, const Headers& headers);

}  // namespace touchline::net
