#include "../loading.hpp"

#include "touchline/ingest/regrouping.hpp"
#include "touchline/json/writer.hpp"

namespace touchline::app {
namespace {

constexpr std::size_t k_shown = 50;

std::string list_of(const std::vector<std::string>& ids) {
    std::string list;
    for (const std::string& id : ids) list.append(list.empty() ? "" : ", ").append(id);
    return list;
}

void write(json::Writer& writer, const std::vector<std::string>& ids) {
    writer.begin_array();
    for (const std::string& id : ids) writer.value(id);
    writer.end_array();
}

void print_json(Terminal& terminal, const ingest::RegroupingPlan& plan) {
    json::Writer writer;
    writer.begin_object().member("merges", plan.merges).member("splits", plan.splits);
    writer.key("changes").begin_array();
    for (const ingest::Regrouped& one : plan.changes) {
        writer.begin_object().key("before");
        write(writer, one.before);
        writer.key("after");
        write(writer, one.after);
        writer.member("touchpoints", one.touchpoints).end_object();
    }
    writer.end_array().end_object();
    terminal.print(writer.text());
}

void show(Terminal& terminal, const ingest::RegroupingPlan& plan) {
    if (terminal.json) return print_json(terminal, plan);
    terminal.print(
        counted(plan.merges, "customer") + " would come of several, " +
        counted(plan.splits, "customer") + " would be split."
    );
    for (const ingest::Regrouped& one : plan.changes) {
        terminal.print(
            "  " + list_of(one.before) + " -> " + list_of(one.after) + "  (" +
            counted(one.touchpoints, "touchpoint") + ")"
        );
    }
}

}  // namespace

int identity_plan(Terminal& terminal, const Globals& globals) {
    const Opened opened = open_installation(terminal, globals, Access::read);
    if (!opened) return opened.code;
    const auto plan = ingest::plan_rules(opened.installation->environment(), k_shown);
    if (!plan) return terminal.fail(plan.error());
    show(terminal, *plan);
    if (!terminal.json && !plan->changes.empty()) terminal.say("next: touchline identity apply");
    return k_ok;
}

int identity_apply(Terminal& terminal, const Globals& globals) {
    const Opened opened = open_installation(terminal, globals, Access::write);
    if (!opened) return opened.code;
    const auto applied = ingest::apply_rules(opened.installation->environment());
    if (!applied) return terminal.fail(applied.error());
    terminal.say("The customers follow the rules of " + globals.config.string() + " now.");
    return k_ok;
}

int identity_learn(Terminal& terminal, const Globals& globals) {
    const Opened opened =
        open_installation(terminal, globals, globals.assume_yes ? Access::write : Access::read);
    if (!opened) return opened.code;
    const ingest::Environment& environment = opened.installation->environment();
    const auto reader = environment.store.reader();
    if (!reader) return terminal.fail(reader.error());
    const auto model = ingest::train_model(**reader);
    if (!model) return terminal.fail(model.error());
    if (globals.assume_yes) {
        const auto version = ingest::use_model(environment, *model);
        if (!version) return terminal.fail(version.error());
        const auto matched = ingest::match_due(environment);
        if (!matched) return terminal.fail(matched.error());
        terminal.print("The model " + *version + " is in use.");
        return k_ok;
    }
    const auto plan = ingest::plan_rules(environment, k_shown, &*model);
    if (!plan) return terminal.fail(plan.error());
    show(terminal, *plan);
    if (!terminal.json) terminal.say("next: touchline identity learn --yes");
    return k_refused;
}

}  // namespace touchline::app
