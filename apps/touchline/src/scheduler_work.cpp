// What a worker does with a connection that is its own for a while.
#include "pausing.hpp"
#include "scheduler.hpp"

#include "touchline/base/log.hpp"

#include <span>
#include <utility>

namespace touchline::app {
namespace {

using Steady = std::chrono::steady_clock;

/// After so long a run gives way to other runs; after less than that already to a webhook or a
/// person.
constexpr std::chrono::seconds k_turn{20}, k_least_turn{1};

/// A failure that says of itself that trying again helps, such as a crash of the connector, is not
/// left until the schedule's next turn.
void retry_soon(std::span<const ingest::StreamFailure> failures, ingest::Timetable& timetable) {
    for (const ingest::StreamFailure& failure : failures) {
        const auto after = failure.error.retry_after();
        if (failure.error.code() == Code::retry && after)
            timetable.retry(failure.stream, Steady::now() + *after);
    }
}

}  // namespace

void Scheduler::perform(Entry& entry, Work work, std::stop_token stop) {
    if (is_paused(installation_.config(), entry.connection->id)) {
        hold(entry);
        const std::lock_guard lock(mutex_);
        entry.held = true;
        entry.timetable.begin_turn(Steady::now());
        entry.timetable.abandon(Steady::now());
        return;
    }
    // What came in meanwhile was kept, and is older than what a run reads.
    if (std::exchange(entry.held, false) || work == Work::inbox) drain(entry, stop);
    if (work == Work::turn) take_turn(entry, stop);
}

void Scheduler::hold(Entry& entry) {
    if (!entry.run) return;
    const auto said = ingest::record_end(
        installation_.environment(),
        entry.connection->plan,
        entry.run->started,
        std::move(entry.run->report)
    );
    entry.run.reset();
    if (!said) log(LogLevel::warning, said.error().text());
}

void Scheduler::drain(Entry& entry, std::stop_token stop) {
    const auto done = ingest::drain_inbox(
        installation_.environment(), entry.connection->plan, *entry.connection->source, stop
    );
    if (done) {
        say_done(entry, "webhooks processed", *done);
        if (done->records > 0) committed_();
        return;
    }
    log(LogLevel::error,
        "webhooks were not processed",
        {{"connection", entry.connection->id}, {"error", done.error().text()}});
}

void Scheduler::take_turn(Entry& entry, std::stop_token stop) {
    const auto began = Steady::now();
    ingest::RunOptions options;
    {
        const std::lock_guard lock(mutex_);
        options.streams = entry.timetable.begin_turn(began);
    }
    if (!entry.run) entry.run = OpenRun{installation_.clock().now(), {}};
    const auto records = entry.run->report.totals.records;
    const auto failures = entry.run->report.failures.size();
    options.stop = stop;
    options.started = entry.run->started;
    options.earlier = &entry.run->report;
    options.gives_way = [this, &entry, began] { return gives_way(entry, began); };
    auto report = ingest::run_connection(
        installation_.environment(), entry.connection->plan, *entry.connection->source, options
    );
    if (!report) {
        log(LogLevel::error,
            "run failed",
            {{"connection", entry.connection->id}, {"error", report.error().text()}});
        entry.run.reset();
        const std::lock_guard lock(mutex_);
        return entry.timetable.abandon(Steady::now());
    }
    {
        const std::lock_guard lock(mutex_);
        entry.timetable.end_turn(report->left, Steady::now());
        retry_soon(std::span(report->failures).subspan(failures), entry.timetable);
    }
    if (report->totals.records > records) committed_();
    entry.run->report = std::move(*report);
    if (!entry.run->report.left.empty()) return;
    say_done(entry, "run done", entry.run->report.totals);
    entry.run.reset();
}

bool Scheduler::gives_way(const Entry& entry, Steady::time_point turn_began) {
    const auto now = Steady::now();
    if (now - turn_began < k_least_turn) return false;
    if (is_paused(installation_.config(), entry.connection->id)) return true;
    const std::lock_guard lock(mutex_);
    if (entry.webhook || entry.visitors > 0) return true;
    if (now - turn_began < k_turn) return false;
    Work other = Work::none;
    return entry.timetable.others_wait(now) || (idle_ == 0 && next(other) != nullptr);
}

void Scheduler::say_done(const Entry& entry, std::string_view what, const ingest::Totals& totals)
    const {
    if (totals.records == 0) return;
    log(LogLevel::info,
        what,
        {{"connection", entry.connection->id},
         {"records", std::to_string(totals.records)},
         {"touchpoints", std::to_string(totals.touchpoints)},
         {"dead_letters", std::to_string(totals.dead_letters)}});
}

}  // namespace touchline::app
