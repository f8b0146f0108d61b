#include "websocket_stream.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/base/text.hpp"
#include "touchline/base/time.hpp"
#include "touchline/net/target_client.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <utility>

namespace touchline::net {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds k_ask_after{30};
constexpr seconds k_give_up_after{90};

/// The status line and the fields. Error bad_data.
Result<Response> parse_head(std::string_view head) {
    const Error malformed(Code::bad_data, "the answer to the WebSocket handshake is malformed");
    Response response;
    if (!head.starts_with("HTTP/1.1 ") || head.size() < 12) return malformed;
    for (const char c : head.substr(9, 3)) {
        if (c < '0' || c > '9') return malformed;
        response.status = response.status * 10 + (c - '0');
    }
    for (auto at = head.find("\r\n"); at + 2 < head.size();) {
        head.remove_prefix(at + 2);
        at = std::min(head.find("\r\n"), head.size());
        const auto line = head.substr(0, at);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return malformed;
        response.headers.add(
            std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))
        );
    }
    return response;
}

Result<void> check_switch(const Response& response, std::string_view key, const std::string& peer) {
    if (response.status != 101) {
        TOUCHLINE_CHECK(check_status(response, SystemClock().now()).with(peer));
        return Error(Code::bad_data, peer + ": it does not speak WebSocket there");
    }
    const auto says = [&](const char* name, std::string_view word) {
        const std::string value = lower_ascii(response.headers.get(name).value_or(""));
        return value.find(word) != std::string::npos;
    };
    const bool agreed = says("upgrade", "websocket") && says("connection", "upgrade") &&
                        response.headers.get("sec-websocket-accept") == websocket_accept(key);
    if (!agreed || response.headers.has("sec-websocket-extensions"))
        return Error(Code::bad_data, peer + ": it answers the WebSocket handshake wrongly");
    return {};
}

}  // namespace

std::string websocket_accept(std::string_view key) {
    const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha1(), nullptr);
    return to_base64(std::string(digest.begin(), digest.begin() + length));
}

Result<std::unique_ptr<OpenStream>> WebsocketStream::open(
    Wire wire,
    const StreamTarget& target,
    const Url& url,
    const Headers& headers,
    const std::string& user_agent,
    const std::stop_token& stop
) {
    std::unique_ptr<WebsocketStream> stream(new WebsocketStream(std::move(wire), target.frame_limit)
    );
    const std::string key = to_base64(random_bytes(16));
    std::string request =
        "GET " + url.target() + " HTTP/1.1\r\nHost: " + url.authority() +
        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + key +
        "\r\nSec-WebSocket-Version: 13\r\nUser-Agent: " + user_agent + "\r\n";
    for (const Header& field : headers) request += field.name + ": " + field.value + "\r\n";
    TOUCHLINE_CHECK(stream->wire_.write(request + "\r\n", stop));
    TOUCHLINE_TRY(const std::string head, stream->read_head(target.send.header_limit, stop));
    auto response = parse_head(head);
    if (!response) return std::move(response).error().with(stream->wire_.peer());
    TOUCHLINE_CHECK(check_switch(*response, key, stream->wire_.peer()));
    return std::unique_ptr<OpenStream>(std::move(stream));
}

WebsocketStream::~WebsocketStream() {
    constexpr std::string_view k_normal{"\x03\xe8", 2};  // 1000
    // Without waiting for long: it is a courtesy.
    if (!closed_) static_cast<void>(write(WebsocketOp::close, k_normal, {}));
}

/// What follows the head is the first frames.
Result<std::string> WebsocketStream::read_head(std::size_t limit, const std::stop_token& stop) {
    std::string bytes;
    while (true) {
        TOUCHLINE_TRY(const auto more, wire_.read(wire_.limits().first_byte, stop));
        if (!more)
            return Error(Code::unavailable, wire_.peer() + ": the server closed the connection");
        if (more->empty())
            return Error(Code::timeout, wire_.peer() + ": no answer to the WebSocket handshake");
        bytes += *more;
        const auto end = bytes.find("\r\n\r\n");
        if (end != std::string::npos && end <= limit) {
            frames_.feed(std::string_view(bytes).substr(end + 4));
            return bytes.substr(0, end);
        }
        if (bytes.size() > limit)
            return Error(Code::bad_data, wire_.peer() + ": the answer's head is too long");
    }
}

Result<void> WebsocketStream::write(
    WebsocketOp op, std::string_view payload, const std::stop_token& stop
) {
    return wire_.write(websocket_frame(op, payload, random_bytes(4)), stop);
}

Result<void> WebsocketStream::send(std::string_view bytes, std::stop_token stop) {
    return write(WebsocketOp::binary, bytes, stop);
}

Result<Frame> WebsocketStream::receive(milliseconds longest, std::stop_token stop) {
    const auto until = std::chrono::steady_clock::now() + longest;
    while (true) {
        auto next = frames_.next();
        if (!next) return std::move(next).error().with(wire_.peer());
        if (auto& message = *next) {
            if (message->op == WebsocketOp::text || message->op == WebsocketOp::binary)
                return Frame{Frame::Kind::frame, std::move(message->bytes)};
            if (message->op == WebsocketOp::ping)
                TOUCHLINE_CHECK(write(WebsocketOp::pong, message->bytes, stop));
            if (message->op == WebsocketOp::close) {
                closed_ = true;
                TOUCHLINE_CHECK(write(WebsocketOp::close, message->bytes.substr(0, 2), stop));
                return Frame{Frame::Kind::end, {}};
            }
            continue;
        }
        const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
        TOUCHLINE_TRY(const auto bytes, wire_.read(std::max(left, milliseconds(0)), stop));
        if (!bytes) {
            closed_ = true;
            return Error(Code::unavailable, wire_.peer() + ": the connection was cut");
        }
        if (bytes->empty()) {
            TOUCHLINE_CHECK(mind_silence(stop));
            return Frame{};
        }
        heard_ = std::chrono::steady_clock::now();
        pinged_ = false;
        frames_.feed(*bytes);
    }
}

Result<void> WebsocketStream::mind_silence(const std::stop_token& stop) {
    const auto silence = std::chrono::steady_clock::now() - heard_;
    if (silence >= k_give_up_after) {
        closed_ = true;
        return Error(
            Code::unavailable,
            wire_.peer() + ": nothing was heard from it, not even an answer to a ping"
        );
    }
    if (silence < k_ask_after || std::exchange(pinged_, true)) return {};
    return write(WebsocketOp::ping, "", stop);
}

}  // namespace touchline::net
