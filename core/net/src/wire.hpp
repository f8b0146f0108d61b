// A connection that stays open for long: what arrives within a while, and what goes out.
#pragma once

#include "stream.hpp"

#include "touchline/net/http_client.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace touchline::net {

class Wire {
public:
    Wire(std::unique_ptr<Stream> stream, std::string peer, Timeouts limits)
        : stream_(std::move(stream)), peer_(std::move(peer)), limits_(limits) {}

    Result<void> write(std::string_view bytes, const std::stop_token& stop);
    /// What arrives within `longest`; empty when nothing does, no value at the end of the
    /// connection. Errors: unavailable, cancelled.
    Result<std::optional<std::string>> read(
        std::chrono::milliseconds longest, const std::stop_token& stop
    );
    Result<void> start_tls(
        const TlsContext& tls, const std::string& host, const std::stop_token& stop
    );

    const std::string& peer() const { return peer_; }
    const Timeouts& limits() const { return limits_; }

private:
    std::unique_ptr<Stream> stream_;
    std::string peer_;
    Timeouts limits_;
};

}  // namespace touchline::net
