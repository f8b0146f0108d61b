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

}  // namespace

int identity_plan(Terminal& terminal, const Globals& globals) {
    const Opened opened = open_installation(terminal, globals, Access::read);
    if (!opened) return opened.code;
    const auto plan = ingest::plan_rules(opened.installation->environment(), k_shown);
    if (!plan) return terminal.fail(plan.error());
    if (terminal.json) {
        print_json(terminal, *plan);
        return k_ok;
    }
    terminal.print(
        counted(plan->merges, "customer") + " would come of several, " +
        counted(plan->splits, "customer") + " would be split."
    );
    for (const ingest::Regrouped& one : plan->changes) {
        terminal.print(
            "  " + list_of(one.before) + " -> " + list_of(one.after) + "  (" +
            counted(one.touchpoints, "touchpoint") + ")"
        );
    }
    if (!plan->changes.empty()) terminal.say("next: touchline identity apply");
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

}  // namespace touchline::app
