#include "../change_report.hpp"
#include "../interrupt.hpp"
#include "../opened_plans.hpp"
#include "../plan_file.hpp"
#include "../replay_progress.hpp"

#include "touchline/ingest/regrouping.hpp"
#include "touchline/ingest/replay_json.hpp"
#include "touchline/json/writer.hpp"

#include <charconv>

namespace touchline::app {
namespace {

/// "10%", or 0.1.
Result<double> parse_share(const std::string& text) {
    if (text.empty()) return 1.0;
    const bool percent = text.ends_with('%');
    const char* const end = text.data() + text.size() - (percent ? 1 : 0);
    double share = 0;
    const auto [stop, fault] = std::from_chars(text.data(), end, share);
    if (percent) share /= 100;
    if (fault == std::errc() && stop == end && share > 0 && share <= 1) return share;
    return Error(Code::bad_data, "--sample: \"" + text + "\" is no share such as 10%");
}

Result<PlanFile> make_plan(
    const Opened& opened,
    const OpenedPlans& open,
    const PlanArguments& given,
    ingest::ChangePlan& change,
    const ingest::ReplayOptions& options
) {
    const ingest::Environment& environment = opened.installation->environment();
    PlanFile plan;
    plan.made_at = opened.installation->clock().now();
    plan.selection.connection = given.connection;
    plan.selection.stream = given.stream;
    TOUCHLINE_TRY(plan.selection.share, parse_share(given.sample));
    plan.where = given.where;
    plan.with_rules = !given.mappings_only;
    {
        TOUCHLINE_TRY(const auto reader, environment.store.reader());
        TOUCHLINE_TRY(plan.ground, ground_of(*reader, open.plans, opened.config_source));
    }
    ingest::ChangeRequest request;
    request.selection = plan.selection;
    request.where = plan.where;
    request.with_rules = plan.with_rules;
    request.phase_of = phase_by_kind(opened.installation->catalogue());
    TOUCHLINE_TRY(change, ingest::plan_change(environment, open.plans, request, options));
    TOUCHLINE_TRY(const auto reader, environment.store.reader());
    TOUCHLINE_TRY(plan.report, report_of(change, *reader, opened.installation->catalogue()));
    plan.id = plan_id(plan);
    TOUCHLINE_CHECK(save_plan(opened.installation->config().storage.dir, plan));
    return plan;
}

}  // namespace

int plan(Terminal& terminal, const Globals& globals, const PlanArguments& given) {
    if (const auto share = parse_share(given.sample); !share) {
        terminal.fail(share.error());
        return k_usage;
    }
    const Opened opened = open_installation(terminal, globals, Access::read);
    if (!opened) return opened.code;
    const StopOnInterrupt interrupt;
    const auto open = open_plans(terminal, opened);
    if (!open) return k_config;
    ReplayProgress progress(terminal, opened.installation->clock());
    ingest::ReplayOptions options;
    options.stop = interrupt.token();
    options.progress = [&progress](const store::Replay& replay) { progress.show(replay); };
    ingest::ChangePlan change;
    const auto made = make_plan(opened, *open, given, change, options);
    if (!made) return terminal.fail(made.error());
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().member("plan", made->id).key("report").raw(made->report).end_object();
        terminal.print(writer.text());
    } else {
        terminal.print(
            "plan " + made->id + "  over " + counted(change.replay.counts.records, "record")
        );
        print_report(terminal, change);
        if (!change.is_empty()) terminal.say("next: touchline apply " + made->id);
    }
    return change.is_empty() ? k_ok : k_changes;
}

int apply(Terminal& terminal, const Globals& globals, const ApplyArguments& given) {
    const Opened opened = open_installation(terminal, globals, Access::write);
    if (!opened) return opened.code;
    const ingest::Environment& environment = opened.installation->environment();
    const auto planned = load_plan(opened.installation->config().storage.dir, given.plan);
    if (!planned) return terminal.fail(planned.error(), "touchline plan");
    const StopOnInterrupt interrupt;
    const auto open = open_plans(terminal, opened);
    if (!open) return k_config;
    Ground now;
    {
        const auto reader = environment.store.reader();
        if (!reader) return terminal.fail(reader.error());
        const auto ground = ground_of(**reader, open->plans, opened.config_source);
        if (!ground) return terminal.fail(ground.error());
        now = *ground;
    }
    if (const auto same = check_ground(*planned, now, given.even_if_records_came); !same)
        return terminal.fail(same.error(), "touchline plan");
    ingest::ReplayRequest request{planned->selection, planned->where, {}};
    request.selection.share = 1;
    const auto begun = ingest::begin_replay(environment, request);
    if (!begun) return terminal.fail(begun.error(), "touchline replay --resume");
    ReplayProgress progress(terminal, opened.installation->clock());
    ingest::ReplayOptions options;
    options.stop = interrupt.token();
    options.progress = [&progress](const store::Replay& replay) { progress.show(replay); };
    auto done = ingest::run_replay(environment, open->plans, begun->key, options);
    if (!done) return terminal.fail(done.error(), "touchline replay --resume");
    const bool over = done->state == store::ReplayState::done;
    if (over && planned->with_rules) {
        if (const auto ruled = ingest::apply_rules(environment, interrupt.token()); !ruled)
            return terminal.fail(ruled.error(), "touchline identity apply");
    }
    if (terminal.json) {
        json::Writer writer;
        ingest::write(writer, *done);
        terminal.print(writer.text());
    } else {
        terminal.print(summary_of(*done));
    }
    if (over) return k_ok;
    terminal.say("next: touchline replay --resume");
    return k_interrupted;
}

}  // namespace touchline::app
