// The two ways into a session from other threads: the answer to its request, and the queue behind a
// streamed one. Both outlive the session without harm.
#pragma once

#include "touchline/base/guarded.hpp"
#include "touchline/net/http_server.hpp"

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

namespace touchline::net {

/// A session as other threads see it. Every call only queues work for the session's own strand.
class SessionPort {
public:
    SessionPort() = default;
    SessionPort(const SessionPort&) = delete;
    SessionPort& operator=(const SessionPort&) = delete;
    virtual ~SessionPort() = default;
    virtual void answer(ServerResponse response) = 0;
    virtual void answer_stream(ServerResponse head, std::shared_ptr<StreamSource> source) = 0;
    /// The queue of its stream has something new.
    virtual void pump() = 0;
    /// Close when nothing is in flight, at the end of the answer otherwise.
    virtual void wind_down() = 0;
    virtual void abort() = 0;
};

/// The channel of one request.
class AnswerChannel final : public Responder::Channel {
public:
    explicit AnswerChannel(std::weak_ptr<SessionPort> session) : session_(std::move(session)) {}
    ~AnswerChannel() override;
    void respond(ServerResponse response) override;
    void stream(ServerResponse head, std::shared_ptr<StreamSource> source) override;

private:
    std::weak_ptr<SessionPort> session_;
    std::atomic<bool> answered_{false};
};

/// What waits to be sent on a stream.
class EventQueue final : public EventSink {
public:
    struct Batch {
        std::string bytes;
        bool last = false;  ///< Nothing comes after these.
    };

    EventQueue(std::weak_ptr<SessionPort> session, std::size_t limit);
    bool send(std::string chunk) override;
    void close() override;
    /// For the session: all that waits.
    Batch take();

private:
    struct State {
        std::string bytes;
        bool closed = false;
    };

    void wake() const;

    std::weak_ptr<SessionPort> session_;
    std::size_t limit_;
    Guarded<State> state_;
};

}  // namespace touchline::net
