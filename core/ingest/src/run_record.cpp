#include "run_record.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/json/writer.hpp"

#include <span>

namespace touchline::ingest {
namespace {

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

}  // namespace

Result<void> record_run(
    const Environment& environment,
    const ConnectionPlan& plan,
    Time started,
    const RunReport& report
) {
    store::Run run = run_of(environment, plan, started, report.totals);
    run.outcome = !report.left.empty()       ? "running"
                  : report.cancelled         ? "cancelled"
                  : !report.failures.empty() ? "failed"
                  : !report.waits.empty()    ? "waiting"
                                             : "ok";
    const auto say = [&run](const StreamFailure& what, std::string_view more) {
        run.error.append(run.error.empty() ? "" : "; ")
            .append(what.stream)
            .append(": ")
            .append(what.error.text())
            .append(more);
    };
    for (const StreamFailure& failure : report.failures) say(failure, "");
    for (const StreamFailure& wait : report.waits) {
        const auto delay = wait.error.retry_after().value_or(std::chrono::milliseconds(0));
        say(wait, "; goes on after " + format_rfc3339(environment.clock.now() + delay));
    }
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_CHECK(transaction->put_run(run));
    return transaction->commit();
}

Result<void> record_end(
    const Environment& environment, const ConnectionPlan& plan, Time started, RunReport report
) {
    report.left.clear();
    report.cancelled = true;
    return record_run(environment, plan, started, report);
}

Result<void> record_under_way(
    const Environment& environment,
    const ConnectionPlan& plan,
    Time started,
    const Totals& totals,
    std::string_view outcome
) {
    store::Run run = run_of(environment, plan, started, totals);
    run.outcome = outcome;
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_TRY(const auto last, transaction->read().runs(plan.id, 1));
    // It has ended meanwhile.
    if (!last.empty() && last[0].started_at == started && last[0].outcome != run.outcome) return {};
    TOUCHLINE_CHECK(transaction->put_run(run));
    return transaction->commit();
}

}  // namespace touchline::ingest
