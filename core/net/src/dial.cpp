#include "dial.hpp"

namespace touchline::net {

Result<std::unique_ptr<Stream>> dial(
    const Url& url,
    bool with_tls,
    const TlsContext& tls,
    const SendOptions& options,
    const Wait& wait
) {
    const Timeouts& limits = options.timeouts;
    TOUCHLINE_TRY(
        auto found,
        resolve_host(url.host, url.port, wait, {"resolving the host name", limits.resolve})
    );
    TOUCHLINE_TRY(
        const auto addresses,
        allowed_addresses(std::move(found), url.host, options.allow_private_network)
    );
    TOUCHLINE_TRY(auto stream, Stream::connect(addresses, wait, {"connecting", limits.connect}));
    if (!with_tls) return stream;
    TOUCHLINE_CHECK(stream->start_tls(tls, url.host, wait, {"the TLS handshake", limits.handshake})
    );
    return stream;
}

}  // namespace touchline::net
