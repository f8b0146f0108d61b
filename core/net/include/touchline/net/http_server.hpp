// An HTTP/1.1 server for the API and for webhooks. It has no TLS: a reverse proxy in front of it
// does that.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/net/headers.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace touchline::net {

struct ServerRequest {
    std::string method;
    std::string path;                          ///< Decoded, without dot segments.
    std::map<std::string, std::string> query;  ///< Decoded; the first of repeated names.
    std::string target;                        ///< As sent: path and query, percent-encoded.
    Headers headers;
    std::string body;
    std::string remote_address;
};

struct ServerResponse {
    int status = 200;
    Headers headers;  ///< Content-Length, Connection and Transfer-Encoding are the server's to set.
    std::string body;
};

/// Where a stream's bytes go. Thread-safe; lives as long as somebody holds it.
class EventSink {
public:
    EventSink() = default;
    EventSink(const EventSink&) = delete;
    EventSink& operator=(const EventSink&) = delete;
    virtual ~EventSink() = default;
    /// Never blocks. False: the peer went away, the sink is closed, or the peer reads too slowly
    /// and the queue is full.
    virtual bool send(std::string chunk) = 0;
    /// Ends the answer once what was queued is sent.
    virtual void close() = 0;
};

/// What a streamed answer (Server-Sent Events) draws from. Both calls come from a worker thread.
class StreamSource {
public:
    StreamSource() = default;
    StreamSource(const StreamSource&) = delete;
    StreamSource& operator=(const StreamSource&) = delete;
    virtual ~StreamSource() = default;
    virtual void opened(std::shared_ptr<EventSink> sink) = 0;
    /// Once, after `opened`: the connection is gone or the stream has ended.
    virtual void closed() {}
};

/// Answers one request, once, from any thread, also after the handler returned. A second answer is
/// ignored; a request whose last Responder goes away unanswered is answered with 500.
class Responder {
public:
    /// How the server receives the answer.
    class Channel {
    public:
        Channel() = default;
        Channel(const Channel&) = delete;
        Channel& operator=(const Channel&) = delete;
        virtual ~Channel() = default;
        virtual void respond(ServerResponse response) = 0;
        virtual void stream(ServerResponse head, std::shared_ptr<StreamSource> source) = 0;
    };

    explicit Responder(std::shared_ptr<Channel> channel) : channel_(std::move(channel)) {}
    void respond(ServerResponse response) const { channel_->respond(std::move(response)); }
    /// `head.body` is sent first, if there is one.
    void stream(ServerResponse head, std::shared_ptr<StreamSource> source) const {
        channel_->stream(std::move(head), std::move(source));
    }

private:
    std::shared_ptr<Channel> channel_;
};

/// Runs on a worker thread and may block it. An exception is answered with 500.
using Handler = std::function<void(ServerRequest, Responder)>;

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: the system chooses.
    std::size_t io_threads = 1;
    std::size_t workers = 4;
    std::size_t max_connections = 512;
    std::size_t max_waiting =
        1024;  ///< Requests that wait for a worker; more are answered with 503.
    std::size_t header_limit = 16U << 10U;
    std::size_t body_limit = 1U << 20U;
    /// The body limit for one method and path, when it differs; called on an I/O thread, must not
    /// block.
    std::function<std::optional<std::size_t>(std::string_view method, std::string_view path)>
        body_limit_for;
    std::chrono::milliseconds idle_timeout{60'000};    ///< Between two requests.
    std::chrono::milliseconds header_timeout{10'000};  ///< For a whole header.
    std::chrono::milliseconds read_timeout{30'000};    ///< For each part of a body.
    std::chrono::milliseconds write_timeout{30'000};   ///< For each part of an answer.
    std::size_t stream_queue_bytes = 1U << 20U;        ///< Waiting in one EventSink.
};

/// One request at a time per connection: what is pipelined behind it waits in the socket, so it is
/// bounded.
class HttpServer {
public:
    /// Listens and serves from its own threads. Error config: the address is not one; unavailable:
    /// it is in use.
    static Result<std::unique_ptr<HttpServer>> start(ServerOptions options, Handler handler);
    /// stop(0 ms).
    ~HttpServer();

    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::uint16_t port() const;
    /// Stops accepting, closes idle connections and streams, lets requests in flight finish for at
    /// most `grace`. Returns when all threads have ended, so a handler that blocks for ever blocks
    /// this too. Idempotent.
    void stop(std::chrono::milliseconds grace = std::chrono::milliseconds(5'000));

private:
    class Impl;
    explicit HttpServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace touchline::net
