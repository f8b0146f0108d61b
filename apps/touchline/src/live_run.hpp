// A live stream at work: its read stays, and whatever comes is committed within a second or two. It
// has an instance of its connector to itself, beside the one that scheduled runs use.
#pragma once

#include "connections.hpp"

#include "touchline/ingest/ingestor.hpp"

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
    /// Beside a run: ends it when somebody pauses the connection, and tells people that it lives.
    void watch(Time started, std::stop_source& run, const std::stop_token& over);
    ingest::Totals so_far();
    void wait(std::chrono::milliseconds duration, const std::stop_token& stop);

    const Installation& installation_;
    const std::unique_ptr<OpenConnection> connection_;
    const std::string stream_;
    const std::function<void()> committed_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    ingest::Totals totals_;              // of the run; guarded by mutex_
    std::chrono::milliseconds backoff_;  // of the thread below, and of a watch while that waits
    std::jthread thread_;                // last: it uses all the others
};

}  // namespace touchline::app
