// A WebSocket (RFC 6455) as a client: the handshake, then messages. Pings are answered here, and a
// peer that has gone without a word is noticed.
#pragma once

#include "websocket_frames.hpp"
#include "wire.hpp"

#include "touchline/net/stream_client.hpp"

#include <chrono>
#include <string>

namespace touchline::net {

class WebsocketStream final : public OpenStream {
public:
    /// `url` and `headers` have their credentials already.
    static Result<std::unique_ptr<OpenStream>> open(
        Wire wire,
        const StreamTarget& target,
        const Url& url,
        const Headers& headers,
        const std::string& user_agent,
        const std::stop_token& stop
    );
    ~WebsocketStream() override;

    Result<void> send(std::string_view bytes, std::stop_token stop) override;
    Result<Frame> receive(std::chrono::milliseconds longest, std::stop_token stop) override;

private:
    using Moment = std::chrono::steady_clock::time_point;

    WebsocketStream(Wire wire, std::size_t frame_limit)
        : wire_(std::move(wire)), frames_(frame_limit) {}
    Result<std::string> read_head(std::size_t limit, const std::stop_token& stop);
    Result<void> write(WebsocketOp op, std::string_view payload, const std::stop_token& stop);
    Result<void> mind_silence(const std::stop_token& stop);

    Wire wire_;
    WebsocketFrames frames_;
    Moment heard_ = std::chrono::steady_clock::now();
    bool pinged_ = false;
    bool closed_ = false;
};

/// What the server has to answer to a key (RFC 6455, section 4.2.2).
std::string websocket_accept(std::string_view key);

}  // namespace touchline::net
