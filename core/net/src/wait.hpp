// Waiting for a file descriptor until it is ready, a limit passes or somebody asks to stop: what
// makes blocking calls end in time.
#pragma once

#include "touchline/base/result.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace touchline::net {

/// The limit of one step and its name, for the message: "connecting".
struct Step {
    std::string_view name;
    std::chrono::milliseconds limit;
};

/// One per call, used by one thread.
class Wait {
public:
    Wait(std::string peer, std::chrono::milliseconds whole, std::stop_token stop);
    ~Wait();
    Wait(const Wait&) = delete;
    Wait& operator=(const Wait&) = delete;

    /// `events` as for poll(2). Errors: timeout, cancelled.
    Result<void> ready(int fd, short events, const Step& step) const;
    /// The time of the whole call is up, or somebody asked to stop.
    bool over() const;
    /// Error timeout for this step, or cancelled, whichever it is.
    Error expired(const Step& step) const;
    /// The limit of the step, or less when less of the whole is left.
    std::chrono::milliseconds left(const Step& step) const;
    const std::stop_token& stop() const { return stop_; }
    const std::string& peer() const { return peer_; }

private:
    struct Wake {
        int fd;
        void operator()() const;
    };

    std::string peer_;
    std::chrono::milliseconds whole_;
    std::chrono::steady_clock::time_point deadline_;
    std::stop_token stop_;
    int wake_fd_;
    std::optional<std::stop_callback<Wake>> wake_;
};

}  // namespace touchline::net
