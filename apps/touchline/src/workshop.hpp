// What integrators do at the running daemon: api::Workshop for one installation. One replay and one
// plan at a time, each on a thread of its own.
#pragma once

#include "plan_file.hpp"
#include "scheduler.hpp"
#include "tap.hpp"

#include "touchline/api/workshop.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace touchline::app {

class Workshop final : public api::Workshop {
public:
    /// `config_source` is the text of the configuration that the daemon runs with. `committed` is
    /// called after anything was committed, on any thread. Everything named outlives the workshop.
    Workshop(
        const Installation& installation,
        Tap& tap,
        std::filesystem::path config_file,
        std::string config_source,
        std::function<void()> committed
    );
    /// A replay under way is stopped; the next process goes on with it.
    ~Workshop() override;
    /// Before the first call of anything else. Goes on with a replay that an earlier process did
    /// not end.
    void open(Scheduler& scheduler);

    std::vector<api::MappedStream> streams() override;
    Result<api::MappingText> mapping(std::string_view connection, std::string_view stream) override;
    Result<api::MappingTrial> try_mapping(
        std::string_view connection,
        std::string_view stream,
        const std::string& text,
        std::span<const api::TrialInput> records
    ) override;
    Result<api::MappingSaved> save_mapping(
        std::string_view connection,
        std::string_view stream,
        const std::string& text,
        const std::string& etag,
        bool dry_run
    ) override;
    Result<store::Replay> start_replay(const ingest::ReplayRequest& request) override;
    Result<store::Replay> cancel_replay(store::ReplayKey key) override;
    Result<std::string> start_plan(const api::PlanWish& wish) override;
    Result<api::PlanState> plan(std::string_view id) override;
    std::vector<api::PlanState> plans() override;
    Result<void> cancel_plan(std::string_view id) override;
    Result<store::Replay> apply_plan(
        std::string_view id, bool even_if_records_came, std::string_view author
    ) override;
    std::vector<api::TapRow> tap(std::int64_t after, std::size_t limit) override;

private:
    struct Place {
        Scheduler::Reading reading;
        const ingest::StreamPlan* stream = nullptr;
        std::filesystem::path file;
    };
    /// The mappings and rules as the files say now.
    struct Working {
        std::vector<ingest::ConnectionPlan> plans;
        identity::Policy policy;
        std::string config_source;
        std::vector<const ingest::ConnectionPlan*> pointers() const;
    };
    struct Planned {
        api::PlanState state;
        PlanFile file;
    };

    Result<Place> find(std::string_view connection, std::string_view stream);
    Result<Working> working();
    enum class Plans { in_use, to_be_used };
    void run_replay(store::ReplayKey key, std::vector<ingest::ConnectionPlan> plans, Plans which);
    void run_plan(Working working, Planned planned, std::stop_token stop);
    Result<PlanFile> work_out(
        const Working& working, Planned& planned, const ingest::ReplayOptions& options
    );
    void put(const Planned& planned);

    const Installation& installation_;
    Scheduler* scheduler_ = nullptr;
    Tap& tap_;
    const std::filesystem::path config_file_;
    const std::string config_source_;
    const std::function<void()> committed_;
    std::mutex mutex_;
    std::map<std::string, Planned, std::less<>> plans_;  // guarded by mutex_
    bool planning_ = false;                              // guarded by mutex_
    std::int64_t next_plan_ = 1;                         // guarded by mutex_
    std::jthread replay_, plan_;
};

}  // namespace touchline::app
