#include "../change_report.hpp"
#include "../interrupt.hpp"
#include "../opened_plans.hpp"
#include "../replay_progress.hpp"

#include "touchline/config/units.hpp"
#include "touchline/ingest/replay_json.hpp"
#include "touchline/json/writer.hpp"

namespace touchline::app {
namespace {

constexpr const char* k_resume = "touchline replay --resume";

int finish(Terminal& terminal, const store::Replay& replay) {
    if (terminal.json) {
        json::Writer writer;
        ingest::write(writer, replay);
        terminal.print(writer.text());
    } else {
        terminal.print(summary_of(replay));
    }
    if (replay.state == store::ReplayState::done) return k_ok;
    terminal.say(
        replay.state == store::ReplayState::cancelled
            ? "Cancelled; what was done until then stays."
            : "Stopped in good order; nothing is half done."
    );
    if (replay.state != store::ReplayState::cancelled)
        terminal.say(std::string("next: ") + k_resume);
    return k_interrupted;
}

int preview(
    Terminal& terminal,
    const Opened& opened,
    const OpenedPlans& open,
    const ReplayArguments& given,
    const store::RawSelection& selection,
    std::stop_token stop
) {
    ingest::ChangeRequest request;
    request.selection = selection;
    request.where = given.where;
    request.with_rules = false;
    request.phase_of = phase_by_kind(opened.installation->catalogue());
    ReplayProgress progress(terminal, opened.installation->clock());
    ingest::ReplayOptions options;
    options.stop = std::move(stop);
    options.progress = [&progress](const store::Replay& replay) { progress.show(replay); };
    const ingest::Environment& environment = opened.installation->environment();
    const auto plan = ingest::plan_change(environment, open.plans, request, options);
    if (!plan) return terminal.fail(plan.error());
    if (terminal.json) {
        const auto reader = environment.store.reader();
        if (!reader) return terminal.fail(reader.error());
        const auto report = report_of(*plan, **reader, opened.installation->catalogue());
        if (!report) return terminal.fail(report.error());
        terminal.print(*report);
    } else {
        print_report(terminal, *plan);
    }
    return k_ok;
}

Result<store::RawSelection> selection_of(const ReplayArguments& given) {
    store::RawSelection selection;
    selection.connection = given.connection;
    selection.stream = given.stream;
    if (!given.from.empty()) {
        TOUCHLINE_TRY(selection.from, config::parse_since(given.from).with("--from"));
    }
    if (!given.to.empty()) {
        TOUCHLINE_TRY(selection.until, config::parse_since(given.to).with("--to"));
    }
    return selection;
}

int cancel(Terminal& terminal, const ingest::Environment& environment) {
    const auto reader = environment.store.reader();
    if (!reader) return terminal.fail(reader.error());
    const auto open = ingest::unfinished_replay(**reader);
    if (!open) return terminal.fail(open.error());
    if (!*open) return terminal.fail(Error(Code::not_found, "no replay is under way"));
    const auto cancelled = ingest::cancel_replay(environment, (*open)->key);
    if (!cancelled) return terminal.fail(cancelled.error());
    terminal.print(summary_of(*cancelled));
    return k_ok;
}

}  // namespace

int replay(Terminal& terminal, const Globals& globals, const ReplayArguments& given) {
    const auto selection = selection_of(given);
    if (!selection) {
        terminal.fail(selection.error());
        return k_usage;
    }
    const Opened opened =
        open_installation(terminal, globals, given.dry_run ? Access::read : Access::write);
    if (!opened) return opened.code;
    const ingest::Environment& environment = opened.installation->environment();
    if (given.cancel) return cancel(terminal, environment);
    const StopOnInterrupt interrupt;
    const auto open = open_plans(terminal, opened);
    if (!open) return k_config;
    if (given.dry_run)
        return preview(terminal, opened, *open, given, *selection, interrupt.token());
    store::ReplayKey key{};
    if (given.resume) {
        const auto reader = environment.store.reader();
        if (!reader) return terminal.fail(reader.error());
        const auto unfinished = ingest::unfinished_replay(**reader);
        if (!unfinished) return terminal.fail(unfinished.error());
        if (!*unfinished) return terminal.fail(Error(Code::not_found, "no replay is under way"));
        key = (*unfinished)->key;
    } else {
        const auto begun = ingest::begin_replay(environment, {*selection, given.where, {}});
        if (!begun)
            return terminal.fail(
                begun.error(), begun.error().code() == Code::conflict ? k_resume : ""
            );
        key = begun->key;
    }
    ReplayProgress progress(terminal, opened.installation->clock());
    ingest::ReplayOptions options;
    options.stop = interrupt.token();
    options.progress = [&progress](const store::Replay& replay) { progress.show(replay); };
    const auto done = ingest::run_replay(environment, open->plans, key, options);
    if (!done) return terminal.fail(done.error(), k_resume);
    return finish(terminal, *done);
}

}  // namespace touchline::app
