// A live stream at work: its read stays, and whatever comes is committed within a second or two. It
// has an instance of its connector to itself, beside the one that scheduled runs use.
#pragma once

#include "connections.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace touchline::app {

class LiveRun {
public:
    /// `committed` is called after anything was committed, on the run's thread.
    LiveRun(
        const Installation& installation,
        std::unique_ptr<OpenConnection> connection,
        std::string stream,
        std::function<void()> committed
    );
    /// Asks the read to stop and waits for it; what it had committed stays.
    ~LiveRun() = default;
    LiveRun(const LiveRun&) = delete;
    LiveRun& operator=(const LiveRun&) = delete;

private:
    void work(const std::stop_token& stop);
    /// One run, until it breaks, pauses or has to stop. How long to wait before the next.
    std::chrono::milliseconds run(const std::stop_token& stop);
    void wait(std::chrono::milliseconds duration, const std::stop_token& stop);

    const Installation& installation_;
    const std::unique_ptr<OpenConnection> connection_;
    const std::string stream_;
    const std::function<void()> committed_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::chrono::milliseconds backoff_;  // of the thread below
    std::jthread thread_;                // last: it uses all the others
};

}  // namespace touchline::app
