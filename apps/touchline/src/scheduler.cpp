#include "scheduler.hpp"

#include "pausing.hpp"

#include "touchline/base/log.hpp"

#include <algorithm>
#include <utility>

namespace touchline::app {
namespace {

using Steady = std::chrono::steady_clock;

/// Runs wait for other systems most of the time; the store takes one writer at a time anyway.
constexpr std::size_t k_workers = 3;
constexpr std::chrono::hours k_never{24 * 365};

std::chrono::milliseconds schedule_of(const config::Config& config, const std::string& id) {
    const auto connection = config.connections.find(id);
    std::chrono::milliseconds shortest{0};
    if (connection == config.connections.end()) return shortest;
    if (connection->second.streams.empty()) return config::StreamConfig{}.schedule;
    for (const auto& [name, stream] : connection->second.streams) {
        if (stream.enabled && (shortest.count() == 0 || stream.schedule < shortest))
            shortest = stream.schedule;
    }
    return shortest;
}

/// A failure that says of itself that trying again helps, such as a crash of the connector, is not
/// left until the schedule's next turn.
std::optional<std::chrono::milliseconds> soonest_retry(
    const std::vector<ingest::StreamFailure>& failures
) {
    std::optional<std::chrono::milliseconds> soonest;
    for (const ingest::StreamFailure& failure : failures) {
        const auto after = failure.error.retry_after();
        if (failure.error.code() != Code::retry || !after) continue;
        soonest = soonest ? std::min(*soonest, *after) : *after;
    }
    return soonest;
}

}  // namespace

Scheduler::Scheduler(
    const Installation& installation,
    std::vector<std::unique_ptr<OpenConnection>> connections,
    std::vector<std::unique_ptr<OpenConnection>> live,
    std::function<void()> committed
)
    : installation_(installation), committed_(std::move(committed)) {
    const auto now = Steady::now();
    for (auto& connection : connections) {
        Entry entry;
        entry.schedule = schedule_of(installation.config(), connection->id);
        entry.due = now;
        entry.webhook = true;  // whatever an earlier process stored and did not get to
        const std::string id = connection->id;
        for (const ingest::StreamPlan& stream : connection->plan.streams) {
            if (!stream.info.live) entry.streams.push_back(stream.info.name);
        }
        entry.connection = std::move(connection);
        entries_.emplace(id, std::move(entry));
    }
    const std::size_t count = std::min(k_workers, std::max<std::size_t>(1, entries_.size()));
    for (std::size_t i = 0; i < count; ++i) {
        workers_.emplace_back([this](std::stop_token stop) { work(stop); });
    }
    for (auto& connection : live) {
        std::string stream = connection->plan.streams.front().info.name;
        live_.push_back(std::make_unique<LiveRun>(
            installation, std::move(connection), std::move(stream), committed_
        ));
    }
}

Scheduler::~Scheduler() {
    for (std::jthread& worker : workers_) worker.request_stop();
    wake_.notify_all();
    live_.clear();
    workers_.clear();
}

Result<void> Scheduler::request_run(std::string_view connection) {
    {
        const std::lock_guard lock(mutex_);
        const auto entry = entries_.find(connection);
        if (entry == entries_.end()) {
            return Error(
                Code::not_found, "there is no connection " + std::string(connection.substr(0, 64))
            );
        }
        if (entry->second.busy)
            return Error(Code::conflict, std::string(connection) + " is running already");
        entry->second.wanted = true;
    }
    wake_.notify_one();
    return {};
}

void Scheduler::webhook_received(std::string_view connection) {
    {
        const std::lock_guard lock(mutex_);
        if (const auto entry = entries_.find(connection); entry != entries_.end())
            entry->second.webhook = true;
    }
    wake_.notify_one();
}

Result<bool> Scheduler::retry_dead_letter(store::DeadLetterKey key) {
    std::string id;
    {
        TOUCHLINE_TRY(const auto reader, installation_.environment().store.reader());
        TOUCHLINE_TRY(const auto letter, reader->dead_letter(key));
        if (!letter) return Error(Code::not_found, "there is no such dead letter");
        id = letter->connection;
    }
    Entry* entry = nullptr;
    {
        std::unique_lock lock(mutex_);
        const auto found = entries_.find(id);
        if (found == entries_.end())
            return Error(Code::conflict, id + " is not a connection of this installation");
        if (found->second.busy)
            return Error(Code::conflict, id + " is running; try again when it is done");
        entry = &found->second;
        entry->busy = true;
    }
    auto result =
        ingest::retry_dead_letter(installation_.environment(), entry->connection->plan, key);
    {
        const std::lock_guard lock(mutex_);
        entry->busy = false;
    }
    wake_.notify_one();
    committed_();
    return result;
}

std::vector<Scheduler::Reading> Scheduler::readings() {
    const std::lock_guard lock(mutex_);
    std::vector<Reading> all;
    // A plan is not written while its connection is busy, so that it can be read at any time.
    for (const auto& [id, entry] : entries_)
        all.push_back({entry.connection->plan, entry.connection->mapping_files});
    return all;
}

void Scheduler::read_with(const std::vector<ingest::ConnectionPlan>& plans, std::stop_token stop) {
    constexpr std::chrono::milliseconds k_look_again{50};
    for (const ingest::ConnectionPlan& plan : plans) {
        std::unique_lock lock(mutex_);
        const auto entry = entries_.find(plan.id);
        if (entry == entries_.end()) continue;
        while (entry->second.busy && !stop.stop_requested()) wake_.wait_for(lock, k_look_again);
        if (!entry->second.busy) entry->second.connection->plan = plan;
    }
}

void Scheduler::work(std::stop_token stop) {
    while (!stop.stop_requested()) {
        Work what = Work::none;
        Entry* entry = nullptr;
        {
            std::unique_lock lock(mutex_);
            entry = next(what);
            if (entry == nullptr) {
                wake_.wait_until(lock, stop, next_due(), [this] {
                    Work any = Work::none;
                    return next(any) != nullptr;
                });
                continue;
            }
            entry->busy = true;
            if (what == Work::inbox) entry->webhook = false;
            if (what == Work::run) entry->wanted = false;
        }
        const auto again = perform(*entry, what, stop);
        {
            const std::lock_guard lock(mutex_);
            entry->busy = false;
            if (what == Work::run)
                entry->due =
                    Steady::now() + (entry->schedule.count() > 0 ? entry->schedule : k_never);
            if (again) entry->due = std::min(entry->due, Steady::now() + *again);
        }
        wake_.notify_one();
    }
}

Scheduler::Entry* Scheduler::next(Work& work) {
    const auto now = Steady::now();
    for (auto& [id, entry] : entries_) {
        if (entry.busy) continue;
        work = entry.webhook                      ? Work::inbox
               : entry.wanted || entry.due <= now ? Work::run
                                                  : Work::none;
        if (work != Work::none) return &entry;
    }
    return nullptr;
}

Steady::time_point Scheduler::next_due() const {
    auto due = Steady::now() + k_never;
    for (const auto& [id, entry] : entries_) {
        if (!entry.busy) due = std::min(due, entry.due);
    }
    return due;
}

std::optional<std::chrono::milliseconds> Scheduler::perform(
    Entry& entry, Work work, std::stop_token stop
) {
    OpenConnection& connection = *entry.connection;
    if (is_paused(installation_.config(), connection.id)) {
        entry.held = true;
        return std::nullopt;
    }
    // What came in meanwhile was kept, and is older than what a run reads.
    if (std::exchange(entry.held, false) && work == Work::run) perform(entry, Work::inbox, stop);
    std::optional<std::chrono::milliseconds> again;
    Result<ingest::Totals> done = ingest::Totals{};
    if (work == Work::inbox) {
        done = ingest::drain_inbox(
            installation_.environment(), connection.plan, *connection.source, stop
        );
    } else if (!entry.streams.empty()) {
        ingest::RunOptions options;
        options.stop = stop;
        options.streams = entry.streams;
        auto report = ingest::run_connection(
            installation_.environment(), connection.plan, *connection.source, options
        );
        if (report) {
            done = report->totals;
            again = soonest_retry(report->failures);
        } else {
            done = std::move(report).error();
        }
    }
    if (!done) {
        log(LogLevel::error,
            "run failed",
            {{"connection", connection.id}, {"error", done.error().text()}});
        return again;
    }
    if (done->records == 0) return again;
    log(LogLevel::info,
        work == Work::inbox ? "webhooks processed" : "run done",
        {{"connection", connection.id},
         {"records", std::to_string(done->records)},
         {"touchpoints", std::to_string(done->touchpoints)},
         {"dead_letters", std::to_string(done->dead_letters)}});
    committed_();
    return again;
}

}  // namespace touchline::app
