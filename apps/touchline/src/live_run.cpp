#include "live_run.hpp"

#include "pausing.hpp"

#include "touchline/base/log.hpp"
#include "touchline/ingest/connection_run.hpp"

#include <algorithm>
#include <utility>

namespace touchline::app {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds k_first_backoff{1000};
constexpr milliseconds k_longest_backoff{60'000};
/// How soon a pause is heard.
constexpr milliseconds k_glance{1000};
/// A read that has not broken off for so long has reached its system: people are told that it is
/// live, and again so often that they can tell it from one that died.
constexpr milliseconds k_settled{3000};
constexpr milliseconds k_heartbeat{30'000};

}  // namespace

LiveRun::LiveRun(
    const Installation& installation,
    std::unique_ptr<OpenConnection> connection,
    std::string stream,
    std::function<void()> committed
)
    : installation_(installation),
      connection_(std::move(connection)),
      stream_(std::move(stream)),
      committed_(std::move(committed)),
      backoff_(k_first_backoff),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

void LiveRun::work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        if (is_paused(installation_.config(), connection_->id)) {
            wait(k_glance, stop);
        } else {
            wait(run(stop), stop);
        }
    }
}

void LiveRun::wait(milliseconds duration, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, duration, [] { return false; });
}

void LiveRun::watch(Time started, std::stop_source& run, const std::stop_token& over) {
    using Steady = std::chrono::steady_clock;
    auto beat = Steady::now() + k_settled;
    while (!over.stop_requested()) {
        if (is_paused(installation_.config(), connection_->id)) {
            run.request_stop();
        } else if (Steady::now() >= beat) {
            beat = Steady::now() + k_heartbeat;
            backoff_ = k_first_backoff;
            const auto said = ingest::record_live(
                installation_.environment(), connection_->plan, started, so_far()
            );
            if (!said) log(LogLevel::warning, said.error().text());
        }
        wait(k_glance, over);
    }
}

ingest::Totals LiveRun::so_far() {
    const std::lock_guard lock(mutex_);
    return totals_;
}

milliseconds LiveRun::run(const std::stop_token& stop) {
    const Time started = installation_.clock().now();
    totals_ = {};
    std::stop_source end;
    const std::stop_callback forward(stop, [&end] { end.request_stop(); });
    std::jthread watcher([this, started, &end](const std::stop_token& over) {
        watch(started, end, over);
    });
    ingest::RunOptions options;
    options.stop = end.get_token();
    options.streams = {stream_};
    options.stays = true;
    options.started = started;
    options.progress = [&](const ingest::Totals& totals) {
        std::int64_t before = 0;
        {
            const std::lock_guard lock(mutex_);
            before = std::exchange(totals_, totals).commits;
        }
        if (before != totals.commits) committed_();
    };
    const auto report = ingest::run_connection(
        installation_.environment(), connection_->plan, *connection_->source, options
    );
    watcher.request_stop();
    watcher.join();
    if (!report) {
        log(LogLevel::error,
            "run failed",
            {{"connection", connection_->id}, {"error", report.error().text()}});
        return k_longest_backoff;
    }
    committed_();
    if (report->totals.records > 0) backoff_ = k_first_backoff;
    if (report->failures.empty() && report->waits.empty()) return milliseconds(0);
    const Error& why =
        report->failures.empty() ? report->waits.front().error : report->failures.front().error;
    const milliseconds delay = std::max(backoff_, why.retry_after().value_or(milliseconds(0)));
    backoff_ = std::min(backoff_ * 2, k_longest_backoff);
    return delay;
}

}  // namespace touchline::app
