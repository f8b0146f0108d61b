// Addresses: which of them belong to a private network, and host names turned into them.
#pragma once

#include "wait.hpp"

#include "touchline/base/result.hpp"

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <vector>

namespace touchline::net {

struct Address {
    sockaddr_storage storage{};
    socklen_t size = 0;

    std::string text() const;
};

/// Anything but a global unicast address: loopback, private, shared, link-local, multicast,
/// reserved; also when it is wrapped into an IPv6 address (mapped, NAT64, 6to4). IANA
/// special-purpose registries (RFC 6890).
bool is_private(const Address& address);

/// Errors: timeout; cancelled; unavailable: no such host, or the name server does not answer.
Result<std::vector<Address>> resolve_host(
    const std::string& host, std::uint16_t port, const Wait& wait, const Step& step
);

/// Those that may be called. Error denied: all of them are private, and that is not allowed.
Result<std::vector<Address>> allowed_addresses(
    std::vector<Address> addresses, const std::string& host, bool allow_private_network
);

}  // namespace touchline::net
