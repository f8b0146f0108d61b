// Runs connections when they are due, when somebody asks, and when a webhook waits. Each connection
// does one thing at a time; several connections work beside each other. Live streams are read all
// the time, by LiveRun.
#pragma once

#include "connections.hpp"
#include "live_run.hpp"

#include "touchline/ingest/connection_run.hpp"

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
    struct Entry {
        std::unique_ptr<OpenConnection> connection;
        std::vector<std::string> streams;       ///< those that are not live
        std::chrono::milliseconds schedule{0};  ///< 0: never by itself
        std::chrono::steady_clock::time_point due;
        bool busy = false;
        bool wanted = false;   ///< somebody asked for a run
        bool webhook = false;  ///< the inbox is not empty
        bool held = false;     ///< something was due while the connection was paused
    };

    enum class Work { none, inbox, run };

    void work(std::stop_token stop);
    Entry* next(Work& work);
    std::chrono::steady_clock::time_point next_due() const;
    /// Returns how soon to run again, where the run asks for it.
    std::optional<std::chrono::milliseconds> perform(Entry& entry, Work work, std::stop_token stop);

    const Installation& installation_;
    const std::function<void()> committed_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::map<std::string, Entry, std::less<>>
        entries_;  // guarded by mutex_, but for `connection` while busy
    std::vector<std::jthread> workers_;
    std::vector<std::unique_ptr<LiveRun>> live_;
};

}  // namespace touchline::app
