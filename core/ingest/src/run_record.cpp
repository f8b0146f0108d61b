#include "run_record.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/json/writer.hpp"

#include <span>

namespace touchline::ingest {
namespace {

constexpr std::chrono::seconds k_first_word{2}, k_heartbeat{30};

/// What people look for first when a connection broke: what was different before.
std::string setup_of(const ConnectionPlan& plan) {
    json::Writer writer;
    writer.begin_object().member("connector", plan.connector);
    for (const StreamPlan& stream : plan.streams)
        writer.member("mapping of " + stream.info.name, stream.mapping_name);
    if (plan.settings) {
        const Digest settings = sha256(plan.settings->root().text());
        writer.member("settings", "sha256:" + to_hex(std::span(settings).first<4>()));
    }
    writer.member_unless_empty("department", plan.department).end_object();
    return writer.take();
}

store::Run run_of(
    const Environment& environment, const ConnectionPlan& plan, Time started, const Totals& totals
) {
    store::Run run;
    run.connection = plan.id;
    run.started_at = started;
    run.finished_at = environment.clock.now();
    run.records = totals.records;
    run.touchpoints = totals.touchpoints;
    run.dead_letters = totals.dead_letters;
    run.setup = setup_of(plan);
    return run;
}

/// A failed stream is told at once, also while others are still read.
std::string outcome_of(const RunReport& report) {
    if (report.cancelled) return "cancelled";
    if (!report.failures.empty()) return "failed";
    if (!report.left.empty()) return "running";
    return report.waits.empty() ? "ok" : "waiting";
}

std::string faults_of(const RunReport& report) {
    std::string text;
    const auto say = [&text](const StreamFailure& what, std::string_view more) {
        text.append(text.empty() ? "" : "; ")
            .append(what.stream)
            .append(": ")
            .append(what.error.text())
            .append(more);
    };
    for (const StreamFailure& failure : report.failures) say(failure, "");
    for (const StreamFailure& wait : report.waits) {
        const auto delay = wait.error.retry_after().value_or(std::chrono::milliseconds(0));
        say(wait, "; goes on after " + format_rfc3339(wait.at + delay));
    }
    return text;
}

}  // namespace

RunRecord::RunRecord(const Environment& environment, const ConnectionPlan& plan, Time started)
    : environment_(environment),
      plan_(plan),
      started_(started),
      due_(environment.clock.steady() + k_first_word) {}

bool RunRecord::is_due() const {
    return environment_.clock.steady() >= due_;
}

Result<void> RunRecord::put(const RunReport& report) {
    due_ = environment_.clock.steady() + k_heartbeat;
    store::Run run = run_of(environment_, plan_, started_, report.totals);
    run.outcome = outcome_of(report);
    run.error = faults_of(report);
    TOUCHLINE_TRY(const auto transaction, environment_.store.begin());
    TOUCHLINE_CHECK(transaction->put_run(run));
    return transaction->commit();
}

Result<void> record_end(
    const Environment& environment, const ConnectionPlan& plan, Time started, RunReport report
) {
    report.left.clear();
    report.cancelled = true;
    return RunRecord(environment, plan, started).put(report);
}

Result<void> record_live(
    const Environment& environment, const ConnectionPlan& plan, Time started, const Totals& totals
) {
    store::Run run = run_of(environment, plan, started, totals);
    run.outcome = "live";
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_TRY(const auto last, transaction->read().runs(plan.id, 1));
    // It has ended meanwhile.
    if (!last.empty() && last[0].started_at == started && last[0].outcome != run.outcome) return {};
    TOUCHLINE_CHECK(transaction->put_run(run));
    return transaction->commit();
}

}  // namespace touchline::ingest
