#include "scheduler.hpp"

#include "touchline/base/log.hpp"

#include <algorithm>
#include <utility>

namespace touchline::app {
namespace {

using Steady = std::chrono::steady_clock;

/// Runs wait for other systems most of the time; the store takes one writer at a time anyway.
constexpr std::size_t k_workers = 3;
constexpr std::chrono::hours k_never{24 * 365};

/// How long a person waits for a turn's end.
constexpr std::chrono::seconds k_patience{10};

ingest::Timetable timetable_of(
    const config::Config& config, const ingest::ConnectionPlan& plan, Steady::time_point now
) {
    const auto connection = config.connections.find(plan.id);
    std::vector<std::pair<std::string, std::chrono::milliseconds>> schedules;
    for (const ingest::StreamPlan& stream : plan.streams) {
        if (stream.info.live) continue;
        auto schedule = config::StreamConfig{}.schedule;
        if (connection != config.connections.end()) {
            const auto& streams = connection->second.streams;
            const auto named = streams.find(stream.info.name);
            if (named != streams.end()) schedule = named->second.schedule;
        }
        schedules.emplace_back(stream.info.name, schedule);
    }
    return ingest::Timetable(schedules, now);
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
        const std::string id = connection->id;
        auto timetable = timetable_of(installation.config(), connection->plan, now);
        // The inbox may hold what an earlier process stored and did not get to.
        entries_.emplace(
            id,
            Entry{
                .connection = std::move(connection),
                .timetable = std::move(timetable),
                .webhook = true}
        );
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
    for (auto& [id, entry] : entries_) hold(entry);
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
        if (entry->second.busy || entry->second.timetable.is_running())
            return Error(Code::conflict, std::string(connection) + " is running already");
        entry->second.timetable.want_all(Steady::now());
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
        entry = &found->second;
        if (!visit(lock, *entry, {}))
            return Error(Code::conflict, id + " is running; try again when it is done");
    }
    auto result =
        ingest::retry_dead_letter(installation_.environment(), entry->connection->plan, key);
    leave(*entry);
    committed_();
    return result;
}

std::vector<Scheduler::Reading> Scheduler::readings() {
    const std::lock_guard lock(mutex_);
    std::vector<Reading> all;
    // A plan is written under the lock and while nobody works with it: it can be read at any time.
    for (const auto& [id, entry] : entries_)
        all.push_back({entry.connection->plan, entry.connection->mapping_files});
    return all;
}

void Scheduler::read_with(const std::vector<ingest::ConnectionPlan>& plans, std::stop_token stop) {
    for (const ingest::ConnectionPlan& plan : plans) {
        const auto found = entries_.find(plan.id);
        if (found == entries_.end()) continue;
        Entry& entry = found->second;
        {
            std::unique_lock lock(mutex_);
            while (!visit(lock, entry, stop)) {
                if (stop.stop_requested()) return;
            }
            entry.connection->plan = plan;
        }
        leave(entry);
    }
}

bool Scheduler::visit(std::unique_lock<std::mutex>& lock, Entry& entry, std::stop_token stop) {
    ++entry.visitors;
    const bool is_free = left_.wait_for(lock, stop, k_patience, [&entry] { return !entry.busy; });
    --entry.visitors;
    if (is_free) entry.busy = true;
    return is_free;
}

void Scheduler::leave(Entry& entry) {
    {
        const std::lock_guard lock(mutex_);
        entry.busy = false;
    }
    left_.notify_all();
    wake_.notify_one();
}

void Scheduler::work(std::stop_token stop) {
    while (!stop.stop_requested()) {
        Work what = Work::none;
        Entry* entry = nullptr;
        {
            std::unique_lock lock(mutex_);
            entry = next(what);
            if (entry == nullptr) {
                ++idle_;
                wake_.wait_until(lock, stop, next_due(), [this] {
                    Work any = Work::none;
                    return next(any) != nullptr;
                });
                --idle_;
                continue;
            }
            entry->busy = true;
            if (what == Work::inbox) entry->webhook = false;
        }
        perform(*entry, what, stop);
        leave(*entry);
    }
}

Scheduler::Entry* Scheduler::next(Work& work) {
    auto due = Steady::now();
    Entry* first = nullptr;
    for (auto& [id, entry] : entries_) {
        if (entry.busy || entry.visitors > 0) continue;
        if (entry.webhook) {
            work = Work::inbox;
            return &entry;
        }
        if (entry.timetable.due() > due) continue;
        due = entry.timetable.due();
        first = &entry;
    }
    work = first == nullptr ? Work::none : Work::turn;
    return first;
}

Steady::time_point Scheduler::next_due() const {
    auto due = Steady::now() + k_never;
    for (const auto& [id, entry] : entries_) {
        if (!entry.busy && entry.visitors == 0) due = std::min(due, entry.timetable.due());
    }
    return due;
}

}  // namespace touchline::app
