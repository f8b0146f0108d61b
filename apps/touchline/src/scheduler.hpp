// Runs connections when they are due, when somebody asks, and when a webhook waits. Each connection
// does one thing at a time; several connections work beside each other, and a long run gives way to
// whatever waits behind it. Live streams are read all the time, by LiveRun.
#pragma once

#include "connections.hpp"
#include "live_run.hpp"

#include "touchline/ingest/connection_run.hpp"
#include "touchline/ingest/timetable.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace touchline::app {

class Scheduler {
public:
    /// `live`: an instance of its own for each live stream, whose plan has only that stream.
    /// `committed` is called after anything was committed, on a worker's thread.
    Scheduler(
        const Installation& installation,
        std::vector<std::unique_ptr<OpenConnection>> connections,
        std::vector<std::unique_ptr<OpenConnection>> live,
        std::function<void()> committed
    );
    /// Asks runs to stop and waits for them; what they had committed stays.
    ~Scheduler();
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    /// Error: not_found, conflict (it is running).
    Result<void> request_run(std::string_view connection);
    /// A webhook of the connection is in the inbox.
    void webhook_received(std::string_view connection);
    /// On the caller's thread, between two runs of the connection.
    Result<bool> retry_dead_letter(store::DeadLetterKey key);

    /// What a connection reads its records with.
    struct Reading {
        ingest::ConnectionPlan plan;
        std::map<std::string, std::filesystem::path> mapping_files;  ///< by stream
    };
    std::vector<Reading> readings();
    /// From each connection's next run on; waits for those that are under way.
    void read_with(const std::vector<ingest::ConnectionPlan>& plans, std::stop_token stop);

private:
    /// A run between its turns.
    struct OpenRun {
        Time started;
        ingest::RunReport report;
    };
    struct Entry {
        std::unique_ptr<OpenConnection> connection;
        ingest::Timetable timetable;      ///< of the streams that are not live
        std::optional<OpenRun> run = {};  ///< of whoever made it busy
        bool busy = false;
        bool webhook = false;  ///< the inbox is not empty
        bool held = false;     ///< something was due while the connection was paused
        int visitors = 0;      ///< who wait until it is not busy
    };

    enum class Work { none, inbox, turn };

    void work(std::stop_token stop);
    /// What has waited longest; webhooks go first.
    Entry* next(Work& work);
    std::chrono::steady_clock::time_point next_due() const;
    void perform(Entry& entry, Work work, std::stop_token stop);
    void hold(Entry& entry);
    void drain(Entry& entry, std::stop_token stop);
    void take_turn(Entry& entry, std::stop_token stop);
    /// Asked on a run's thread.
    bool gives_way(const Entry& entry, std::chrono::steady_clock::time_point turn_began);
    void say_done(const Entry& entry, std::string_view what, const ingest::Totals& totals) const;
    /// Makes a connection busy for the caller between two turns. False: it stayed busy.
    bool visit(std::unique_lock<std::mutex>& lock, Entry& entry, std::stop_token stop);
    void leave(Entry& entry);

    const Installation& installation_;
    const std::function<void()> committed_;
    std::mutex mutex_;
    std::condition_variable_any wake_;  // of workers
    std::condition_variable_any left_;  // of visitors
    /// The map stays as it was made; what is in it is guarded by mutex_, but for `connection`,
    /// `run` and `held` while busy.
    std::map<std::string, Entry, std::less<>> entries_;
    std::size_t idle_ = 0;  // workers; guarded by mutex_
    std::vector<std::jthread> workers_;
    std::vector<std::unique_ptr<LiveRun>> live_;
};

}  // namespace touchline::app
