// Sends one HTTP request and waits for its answer. Policy (credentials, redirects, retries) is
// TargetClient's.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/net/headers.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>

namespace touchline::net {

struct Request {
    std::string method = "GET";
    std::string url;  ///< Absolute.
    Headers headers;  ///< Host, Content-Length and Connection are the client's to set.
    std::string body;
};

struct Response {
    int status = 0;
    Headers headers;
    std::string body;  ///< Decoded: neither chunked nor gzip.
    std::string
        final_url;  ///< Where the answer came from, after redirects that TargetClient followed.
};

/// How long each step may take. Each that passes is an error of its own, with code timeout.
struct Timeouts {
    std::chrono::milliseconds resolve{10'000};
    std::chrono::milliseconds connect{10'000};
    std::chrono::milliseconds handshake{10'000};
    std::chrono::milliseconds write{30'000};  ///< Without a byte taken by the peer.
    std::chrono::milliseconds first_byte{
        60'000};  ///< From the end of the request to the answer's first byte.
    std::chrono::milliseconds read{30'000};  ///< Without a byte from the peer.
    std::chrono::milliseconds whole{300'000};
};

struct SendOptions {
    Timeouts timeouts;
    std::size_t body_limit = 32U << 20U;    ///< Bytes of body, counted before and after decoding.
    std::size_t header_limit = 64U << 10U;  ///< Bytes of status line and fields.
    bool allow_private_network =
        false;  ///< Loopback, private and link-local addresses may be called.
};

struct ClientOptions {
    std::string ca_file;  ///< PEM, trusted beside the system's store.
    std::string user_agent = "touchline";
    std::size_t idle_per_origin = 4;
    std::size_t idle_total = 32;
    std::chrono::milliseconds idle_timeout{30'000};
};

/// Any thread may call; each call blocks its own thread only.
class HttpClient {
public:
    HttpClient() = default;
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    virtual ~HttpClient() = default;

    /// Any status is an answer. Never follows a redirect, never retries, except that a kept
    /// connection which the server closed before its first byte is replaced once (RFC 9112,
    /// section 9.3.1), for idempotent methods. Errors: timeout; unavailable (cannot resolve or
    /// connect, or the answer was cut); bad_data (malformed or too large); denied (private
    /// address); config (a certificate that does not verify; bad URL, method or field); cancelled
    /// (`stop`).
    virtual Result<Response> send(
        const Request& request, const SendOptions& options, std::stop_token stop
    ) = 0;
};

/// HTTP/1.1 over TCP or TLS 1.2 and later; certificates and host names are always verified. Error
/// config: `ca_file` cannot be read.
Result<std::unique_ptr<HttpClient>> make_http_client(ClientOptions options = {});

}  // namespace touchline::net
