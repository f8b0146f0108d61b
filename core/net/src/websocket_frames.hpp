// The WebSocket protocol's framing (RFC 6455, section 5), as a client sees it. Beast's WebSocket
// cannot wait for a message for a bounded time without losing the connection, so this is our own.
#pragma once

#include "touchline/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace touchline::net {

enum class WebsocketOp : std::uint8_t {
    more = 0x0,
    text = 0x1,
    binary = 0x2,
    close = 0x8,
    ping = 0x9,
    pong = 0xA,
};

struct WebsocketMessage {
    WebsocketOp op = WebsocketOp::binary;  ///< never `more`
    std::string bytes;                     ///< of a close: its code in two bytes, and a reason
};

/// One whole frame as a client sends it. `mask` has four bytes.
std::string websocket_frame(WebsocketOp op, std::string_view payload, std::string_view mask);

/// Puts fragments together; control frames between them come out first.
class WebsocketFrames {
public:
    explicit WebsocketFrames(std::size_t limit) : limit_(limit) {}

    void feed(std::string_view bytes) { buffer_ += bytes; }
    /// The next whole message, if it is there. Error bad_data: not the protocol, or above the
    /// limit.
    Result<std::optional<WebsocketMessage>> next();

private:
    struct Head;
    Result<std::optional<Head>> head() const;
    Result<std::optional<WebsocketMessage>> take(const Head& head);

    const std::size_t limit_;
    std::string buffer_;
    std::optional<WebsocketMessage> begun_;  ///< fragments so far
};

}  // namespace touchline::net
