#include "websocket_frames.hpp"

#include <algorithm>

namespace touchline::net {

namespace {

Error violated(std::string_view why) {
    return Error(
        Code::bad_data, "the WebSocket's other side breaks the protocol: " + std::string(why)
    );
}

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) value = value << 8U | static_cast<unsigned char>(c);
    return value;
}

void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        out += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xffU);
}

}  // namespace

struct WebsocketFrames::Head {
    WebsocketOp op;
    bool last;
    std::size_t head_bytes;
    std::uint64_t payload_bytes;

    bool control() const { return op >= WebsocketOp::close; }
};

std::string websocket_frame(WebsocketOp op, std::string_view payload, std::string_view mask) {
    std::string out;
    out.reserve(payload.size() + 14);
    out += static_cast<char>(0x80U | static_cast<unsigned>(op));
    if (payload.size() < 126) {
        out += static_cast<char>(0x80U | payload.size());
    } else {
        const bool wide = payload.size() > 0xffff;
        out += static_cast<char>(0x80U | (wide ? 127U : 126U));
        append_big_endian(out, payload.size(), wide ? 8 : 2);
    }
    out += mask;
    for (std::size_t i = 0; i < payload.size(); ++i)
        out += static_cast<char>(payload[i] ^ mask[i % 4]);
    return out;
}

Result<std::optional<WebsocketFrames::Head>> WebsocketFrames::head() const {
    const std::string_view bytes(buffer_);
    if (bytes.size() < 2) return std::optional<Head>();
    const auto first = static_cast<unsigned char>(bytes[0]);
    const auto second = static_cast<unsigned char>(bytes[1]);
    if ((first & 0x70U) != 0) return violated("it uses an extension that was not agreed upon");
    if ((second & 0x80U) != 0) return violated("it masks its frames");
    Head head{static_cast<WebsocketOp>(first & 0x0fU), (first & 0x80U) != 0, 2, second & 0x7fU};
    const int wide = head.payload_bytes == 126 ? 2 : head.payload_bytes == 127 ? 8 : 0;
    if (wide > 0) {
        head.head_bytes += static_cast<std::size_t>(wide);
        if (bytes.size() < head.head_bytes) return std::optional<Head>();
        head.payload_bytes = big_endian(bytes.substr(2, static_cast<std::size_t>(wide)));
    }
    const bool known = head.op <= WebsocketOp::binary ||
                       (head.op >= WebsocketOp::close && head.op <= WebsocketOp::pong);
    if (!known) return violated("a frame has an unknown opcode");
    if (head.control() && (!head.last || head.payload_bytes > 125))
        return violated("a control frame is too long or in pieces");
    return std::optional(head);
}

Result<std::optional<WebsocketMessage>> WebsocketFrames::next() {
    while (true) {
        TOUCHLINE_TRY(const auto head, this->head());
        if (!head) return std::optional<WebsocketMessage>();
        const std::size_t held = begun_ && !head->control() ? begun_->bytes.size() : 0;
        if (head->payload_bytes > limit_ || held > limit_ - head->payload_bytes) {
            return Error(
                Code::bad_data,
                "the WebSocket's other side sent a message of more than " + std::to_string(limit_) +
                    " bytes"
            );
        }
        if (buffer_.size() - head->head_bytes < head->payload_bytes)
            return std::optional<WebsocketMessage>();
        TOUCHLINE_TRY(auto message, take(*head));
        if (message) return message;
    }
}

Result<std::optional<WebsocketMessage>> WebsocketFrames::take(const Head& head) {
    const auto length = static_cast<std::size_t>(head.payload_bytes);
    std::string payload = buffer_.substr(head.head_bytes, length);
    buffer_.erase(0, head.head_bytes + length);
    if (head.control()) return std::optional(WebsocketMessage{head.op, std::move(payload)});
    if ((head.op == WebsocketOp::more) != begun_.has_value())
        return violated("the pieces of a message are out of order");
    if (!begun_) {
        begun_.emplace(WebsocketMessage{head.op, std::move(payload)});
    } else {
        begun_->bytes += payload;
    }
    if (!head.last) return std::optional<WebsocketMessage>();
    std::optional<WebsocketMessage> whole = std::move(begun_);
    begun_.reset();
    return whole;
}

}  // namespace touchline::net
