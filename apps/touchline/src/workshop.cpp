#include "workshop.hpp"

#include "change_report.hpp"
#include "mapping_file.hpp"
#include "mapping_workshop.hpp"

#include "touchline/base/log.hpp"
#include "touchline/config/load.hpp"
#include "touchline/config/yaml.hpp"

#include <algorithm>
#include <optional>

namespace touchline::app {
namespace {

constexpr std::size_t k_kept_plans = 20;

std::vector<const ingest::ConnectionPlan*> pointers_to(
    const std::vector<ingest::ConnectionPlan>& plans
) {
    std::vector<const ingest::ConnectionPlan*> pointers;
    for (const ingest::ConnectionPlan& plan : plans) pointers.push_back(&plan);
    return pointers;
}

Error first_of(const std::vector<FileProblem>& problems) {
    const config::Problem& first = problems.front().problem;
    std::string text = first.place.file;
    if (first.place.line > 0)
        text += ":" + std::to_string(first.place.line) + ":" + std::to_string(first.place.column);
    return Error(Code::bad_data, text + ": " + first.message).cure(first.cure);
}

}  // namespace

std::vector<const ingest::ConnectionPlan*> Workshop::Working::pointers() const {
    return pointers_to(plans);
}

Workshop::Workshop(
    const Installation& installation,
    Tap& tap,
    std::filesystem::path config_file,
    std::string config_source,
    std::function<void()> committed
)
    : installation_(installation),
      tap_(tap),
      config_file_(std::move(config_file)),
      config_source_(std::move(config_source)),
      committed_(std::move(committed)) {}

void Workshop::open(Scheduler& scheduler) {
    scheduler_ = &scheduler;
    const auto reader = installation_.environment().store.reader();
    if (!reader) return;
    const auto open = ingest::unfinished_replay(**reader);
    if (!open || !*open) return;
    log(LogLevel::info, "a replay goes on", {{"records", std::to_string((*open)->counts.records)}});
    std::vector<ingest::ConnectionPlan> plans;
    for (Scheduler::Reading& reading : scheduler_->readings())
        plans.push_back(std::move(reading.plan));
    run_replay((*open)->key, std::move(plans), Plans::in_use);
}

Workshop::~Workshop() {
    replay_.request_stop();
    plan_.request_stop();
}

Result<Workshop::Place> Workshop::find(std::string_view connection, std::string_view stream) {
    for (Scheduler::Reading& reading : scheduler_->readings()) {
        if (reading.plan.id != connection) continue;
        Place place;
        place.reading = std::move(reading);
        place.stream = place.reading.plan.stream(stream);
        if (place.stream == nullptr) break;
        place.file = place.reading.mapping_files.at(std::string(stream));
        return place;
    }
    return Error(
        Code::not_found,
        "there is no stream " + std::string(stream.substr(0, 64)) + " of " +
            std::string(connection.substr(0, 64))
    );
}

std::vector<api::MappedStream> Workshop::streams() {
    std::vector<api::MappedStream> streams;
    for (const Scheduler::Reading& reading : scheduler_->readings()) {
        for (const ingest::StreamPlan& stream : reading.plan.streams) {
            const std::filesystem::path& file = reading.mapping_files.at(stream.info.name);
            streams.push_back(
                {reading.plan.id,
                 stream.info.name,
                 shown_path(installation_, file),
                 why_not_saved(installation_, file)}
            );
        }
    }
    return streams;
}

Result<api::MappingText> Workshop::mapping(std::string_view connection, std::string_view stream) {
    TOUCHLINE_TRY(const Place place, find(connection, stream));
    api::MappingText mapping;
    mapping.file = shown_path(installation_, place.file);
    mapping.why_not = why_not_saved(installation_, place.file);
    TOUCHLINE_TRY(mapping.text, config::read_text_file(place.file));
    mapping.etag = etag_of(mapping.text);
    return mapping;
}

Result<api::MappingTrial> Workshop::try_mapping(
    std::string_view connection,
    std::string_view stream,
    const std::string& text,
    std::span<const api::TrialInput> records
) {
    TOUCHLINE_TRY(const Place place, find(connection, stream));
    return app::try_mapping(
        installation_, place.reading.plan, *place.stream, place.file, text, records
    );
}

Result<api::MappingSaved> Workshop::save_mapping(
    std::string_view connection,
    std::string_view stream,
    const std::string& text,
    const std::string& etag,
    bool dry_run
) {
    TOUCHLINE_TRY(const Place place, find(connection, stream));
    return app::save_mapping(installation_, place.file, text, etag, dry_run);
}

Result<store::Replay> Workshop::start_replay(const ingest::ReplayRequest& request) {
    std::vector<ingest::ConnectionPlan> plans;
    for (Scheduler::Reading& reading : scheduler_->readings())
        plans.push_back(std::move(reading.plan));
    TOUCHLINE_TRY(
        const store::Replay replay, ingest::begin_replay(installation_.environment(), request)
    );
    run_replay(replay.key, std::move(plans), Plans::in_use);
    return replay;
}

/// The row in the store keeps a second one from beginning, so that the thread of the one before is
/// at its end here, or about to be.
void Workshop::run_replay(
    store::ReplayKey key, std::vector<ingest::ConnectionPlan> plans, Plans which
) {
    replay_ = std::jthread([this, key, plans = std::move(plans), which](std::stop_token stop) {
        // What comes in from now on has to be read as what came before.
        if (which == Plans::to_be_used) scheduler_->read_with(plans, stop);
        ingest::ReplayOptions options;
        options.stop = stop;
        options.progress = [this](const store::Replay&) { committed_(); };
        const auto pointers = pointers_to(plans);
        const auto done = ingest::run_replay(installation_.environment(), pointers, key, options);
        committed_();
        if (!done) log(LogLevel::error, "the replay failed", {{"error", done.error().text()}});
    });
}

Result<store::Replay> Workshop::cancel_replay(store::ReplayKey key) {
    return ingest::cancel_replay(installation_.environment(), key);
}

Result<Workshop::Working> Workshop::working() {
    const config::Loaded loaded = config::load(config_file_);
    if (!loaded.ok()) {
        std::vector<FileProblem> problems;
        for (const config::Problem& problem : loaded.problems) {
            if (problem.severity == config::Severity::error) problems.push_back({problem, {}});
        }
        return first_of(problems);
    }
    Working working;
    working.config_source = loaded.source;
    TOUCHLINE_TRY(
        working.policy,
        identity::Policy::make(loaded.config.namespaces, loaded.config.default_region)
    );
    std::vector<FileProblem> problems;
    for (Scheduler::Reading& reading : scheduler_->readings()) {
        const auto connection = loaded.config.connections.find(reading.plan.id);
        if (connection == loaded.config.connections.end()) continue;
        reading.plan.department = connection->second.department.value;
        for (ingest::StreamPlan& stream : reading.plan.streams) {
            std::filesystem::path file = reading.mapping_files.at(stream.info.name);
            const auto configured = connection->second.streams.find(stream.info.name);
            if (configured != connection->second.streams.end() &&
                !configured->second.mapping.value.empty())
                file = configured->second.mapping.value;
            if (auto mapping = load_mapping(file, problems)) {
                stream.mapping = std::move(mapping->mapping);
                stream.mapping_name = std::move(mapping->name);
            }
        }
        working.plans.push_back(std::move(reading.plan));
    }
    if (!problems.empty()) return first_of(problems);
    return working;
}

Result<std::string> Workshop::start_plan(const api::PlanWish& wish) {
    TOUCHLINE_TRY(Working files, working());
    Planned planned;
    planned.file.selection = wish.selection;
    planned.file.where = wish.where;
    planned.file.with_rules = wish.with_rules;
    planned.file.made_at = installation_.clock().now();
    planned.state.started_at = planned.file.made_at;
    planned.state.state = "running";
    {
        const std::lock_guard lock(mutex_);
        if (planning_)
            return Error(Code::conflict, "a plan is being made").cure("Wait for it, or stop it.");
        planning_ = true;
        planned.state.id = "p" + std::to_string(next_plan_++);
        if (plans_.size() >= k_kept_plans) plans_.erase(plans_.begin());
        plans_[planned.state.id] = planned;
    }
    const std::string id = planned.state.id;
    plan_ = std::jthread([this, files = std::move(files), planned = std::move(planned)](
                             std::stop_token stop
                         ) mutable { run_plan(std::move(files), std::move(planned), stop); });
    return id;
}

void Workshop::put(const Planned& planned) {
    const std::lock_guard lock(mutex_);
    plans_[planned.state.id] = planned;
}

void Workshop::run_plan(Working files, Planned planned, std::stop_token stop) {
    ingest::ReplayOptions options;
    options.stop = stop;
    options.progress = [this, id = planned.state.id](const store::Replay& replay) {
        const std::lock_guard lock(mutex_);
        api::PlanState& state = plans_[id].state;
        state.records = replay.counts.records;
        state.total = replay.total;
    };
    const auto made = work_out(files, planned, options);
    if (made) {
        planned.file = *made;
        planned.state.state = "done";
        planned.state.report = made->report;
    } else {
        const bool stopped = made.error().code() == Code::cancelled;
        planned.state.state = stopped ? "cancelled" : "failed";
        planned.state.error = made.error().text();
    }
    put(planned);
    const std::lock_guard lock(mutex_);
    planning_ = false;
}

Result<PlanFile> Workshop::work_out(
    const Working& files, Planned& planned, const ingest::ReplayOptions& options
) {
    PlanFile plan = planned.file;
    const auto pointers = files.pointers();
    store::Store& store = installation_.environment().store;
    {
        TOUCHLINE_TRY(const auto reader, store.reader());
        TOUCHLINE_TRY(plan.ground, ground_of(*reader, pointers, files.config_source));
    }
    ingest::ChangeRequest request;
    request.selection = plan.selection;
    request.where = plan.where;
    request.with_rules = plan.with_rules;
    request.phase_of = phase_by_kind(installation_.catalogue());
    const ingest::Environment environment{
        store, files.policy, installation_.clock(), installation_.environment().tenant};
    TOUCHLINE_TRY(
        const ingest::ChangePlan change,
        ingest::plan_change(environment, pointers, request, options)
    );
    planned.state.records = change.replay.counts.records;
    planned.state.total = change.replay.total;
    TOUCHLINE_TRY(const auto reader, store.reader());
    TOUCHLINE_TRY(plan.report, report_of(change, *reader, installation_.catalogue()));
    plan.id = plan_id(plan);
    TOUCHLINE_CHECK(save_plan(installation_.config().storage.dir, plan));
    return plan;
}

Result<api::PlanState> Workshop::plan(std::string_view id) {
    const std::lock_guard lock(mutex_);
    const auto found = plans_.find(id);
    if (found == plans_.end())
        return Error(Code::not_found, "there is no plan " + std::string(id.substr(0, 32)));
    return found->second.state;
}

std::vector<api::PlanState> Workshop::plans() {
    const std::lock_guard lock(mutex_);
    std::vector<api::PlanState> states;
    for (const auto& [id, planned] : plans_) {
        states.push_back(planned.state);
        states.back().report.clear();
    }
    std::ranges::sort(states, std::ranges::greater(), &api::PlanState::started_at);
    return states;
}

Result<void> Workshop::cancel_plan(std::string_view id) {
    TOUCHLINE_TRY(const api::PlanState state, plan(id));
    if (state.state != "running") return Error(Code::conflict, "the plan is not being made");
    plan_.request_stop();
    return {};
}

Result<store::Replay> Workshop::apply_plan(
    std::string_view id, bool even_if_records_came, std::string_view author
) {
    PlanFile planned;
    {
        const std::lock_guard lock(mutex_);
        const auto found = plans_.find(id);
        if (found == plans_.end() || found->second.state.state != "done")
            return Error(
                Code::not_found, "there is no finished plan " + std::string(id.substr(0, 32))
            );
        planned = found->second.file;
    }
    TOUCHLINE_TRY(Working files, working());
    if (files.config_source != config_source_) {
        return Error(
                   Code::conflict,
                   "touchline.yaml itself has changed since the daemon started, not only mappings"
        )
            .cure("Stop the daemon, then: touchline apply " + planned.id);
    }
    {
        TOUCHLINE_TRY(const auto reader, installation_.environment().store.reader());
        TOUCHLINE_TRY(const Ground now, ground_of(*reader, files.pointers(), files.config_source));
        TOUCHLINE_CHECK(check_ground(planned, now, even_if_records_came));
    }
    ingest::ReplayRequest request{planned.selection, planned.where, std::string(author)};
    request.selection.share = 1;
    TOUCHLINE_TRY(
        const store::Replay replay, ingest::begin_replay(installation_.environment(), request)
    );
    {
        const std::lock_guard lock(mutex_);
        plans_[std::string(id)].state.state = "applied";
    }
    run_replay(replay.key, std::move(files.plans), Plans::to_be_used);
    return replay;
}

std::vector<api::TapRow> Workshop::tap(std::int64_t after, std::size_t limit) {
    return tap_.rows(after, limit);
}

}  // namespace touchline::app
