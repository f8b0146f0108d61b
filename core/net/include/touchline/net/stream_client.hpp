// Long conversations with one declared target: a mailbox over IMAP, events over a WebSocket. What
// TargetClient is to requests: the address, the egress rules and the sign-in are the host's.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/net/credentials.hpp"
#include "touchline/net/http_client.hpp"
#include "touchline/net/url.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace touchline::net {

enum class StreamProtocol {
    imap,       ///< RFC 9051; a frame is one response with its literals and its line end
    websocket,  ///< RFC 6455; a frame is one message
};

struct StreamAddress {
    StreamProtocol protocol = StreamProtocol::websocket;
    bool tls = true;  ///< from the first byte on; IMAP without it has to offer STARTTLS
    Url url;          ///< with the scheme that HTTP would have, and the protocol's own port
    std::string text() const;  ///< "imaps://mail.example.com:993/", as cassettes name it
};

/// Whether the scheme is one of imaps, imap, wss and ws.
bool is_stream_url(std::string_view text);
/// Error bad_data: as parse_url.
Result<StreamAddress> parse_stream_url(std::string_view text);

struct StreamTarget {
    std::string name;  ///< for messages
    StreamAddress address;
    Credentials credentials;               ///< IMAP takes a BasicLogin or a SignedIn with its user
    SendOptions send;                      ///< its timeouts, and `allow_private_network`
    std::size_t frame_limit = 16U << 20U;  ///< bytes
};

struct Frame {
    enum class Kind {
        none,   ///< nothing came in time
        frame,  ///< `bytes` are one
        end,    ///< the other side has closed in good order
    };
    Kind kind = Kind::none;
    std::string bytes;
};

/// Used by one thread at a time. Closed when it goes away.
class OpenStream {
public:
    OpenStream() = default;
    OpenStream(const OpenStream&) = delete;
    OpenStream& operator=(const OpenStream&) = delete;
    virtual ~OpenStream() = default;

    /// Errors: unavailable, timeout, cancelled.
    virtual Result<void> send(std::string_view bytes, std::stop_token stop) = 0;
    /// Errors beside: bad_data (not the protocol, or a frame above the limit).
    virtual Result<Frame> receive(std::chrono::milliseconds longest, std::stop_token stop) = 0;
};

/// Any thread may call; each call blocks its own thread only.
class StreamClient {
public:
    StreamClient() = default;
    StreamClient(const StreamClient&) = delete;
    StreamClient& operator=(const StreamClient&) = delete;
    virtual ~StreamClient() = default;

    /// Connects and signs in. `path` and `query` are below a WebSocket's base URL. Errors: as of
    /// HttpClient and TargetClient; auth: the other side refuses the credentials.
    virtual Result<std::unique_ptr<OpenStream>> open(
        const StreamTarget& target,
        const std::string& path,
        const Query& query,
        std::stop_token stop
    ) = 0;
};

/// Error config: `ca_file` cannot be read.
Result<std::unique_ptr<StreamClient>> make_stream_client(ClientOptions options = {});

}  // namespace touchline::net
