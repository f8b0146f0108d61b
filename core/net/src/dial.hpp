// Opens a connection to the host of a URL, by the rules of where calls may go.
#pragma once

#include "stream.hpp"

#include "touchline/net/http_client.hpp"
#include "touchline/net/url.hpp"

#include <memory>

namespace touchline::net {

/// With TLS from the first byte on, or without any. Errors: unavailable, timeout, cancelled; denied
/// (a private address that is not allowed); config (a certificate that does not verify).
Result<std::unique_ptr<Stream>> dial(
    const Url& url,
    bool with_tls,
    const TlsContext& tls,
    const SendOptions& options,
    const Wait& wait
);

}  // namespace touchline::net
