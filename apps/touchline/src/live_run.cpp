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

milliseconds LiveRun::run(const std::stop_token& stop) {
    std::stop_source end;
    const std::stop_callback forward(stop, [&end] { end.request_stop(); });
    const std::jthread watch([this, &end](const std::stop_token& over) {
        while (!over.stop_requested()) {
            if (is_paused(installation_.config(), connection_->id)) end.request_stop();
            wait(k_glance, over);
        }
    });
    std::int64_t commits = 0;
    ingest::RunOptions options;
    options.stop = end.get_token();
    options.streams = {stream_};
    options.stays = true;
    options.progress = [&](const ingest::Totals& totals) {
        if (std::exchange(commits, totals.commits) != totals.commits) committed_();
    };
    const auto report = ingest::run_connection(
        installation_.environment(), connection_->plan, *connection_->source, options
    );
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
