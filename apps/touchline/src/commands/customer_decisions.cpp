#include "../customer_named.hpp"
#include "../loading.hpp"

#include "touchline/ingest/curation.hpp"
#include "touchline/ingest/field_choice.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

constexpr std::string_view k_next = "touchline customer find TEXT";

ingest::DecisionOptions options_of(const DecisionArguments& arguments) {
    return {arguments.author, arguments.reason, arguments.dry_run};
}

Result<std::string> id_of(Installation& installation, const std::string& text) {
    TOUCHLINE_TRY(const auto reader, installation.store().reader());
    return customer_named(installation, *reader, text);
}

void write(json::Writer& writer, const std::vector<ingest::CustomerShape>& shapes) {
    writer.begin_array();
    for (const ingest::CustomerShape& shape : shapes) {
        writer.begin_object().member("id", shape.id).member("touchpoints", shape.touchpoints);
        writer.key("identities").begin_array();
        for (const std::string& identity : shape.identities) writer.value(identity);
        writer.end_array().end_object();
    }
    writer.end_array();
}

void show(Terminal& terminal, const ingest::Decision& decision, bool dry_run) {
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().key("before");
        write(writer, decision.before);
        writer.key("after");
        write(writer, decision.after);
        writer.member("undo_token", decision.undo_token).end_object();
        return terminal.print(writer.text());
    }
    for (const ingest::CustomerShape& shape : decision.after) {
        std::string list;
        for (const std::string& identity : shape.identities)
            list.append(list.empty() ? "" : ", ").append(identity);
        terminal.print(shape.id + "  " + counted(shape.touchpoints, "touchpoint") + "  " + list);
    }
    for (const std::string& conflict : decision.conflicts) terminal.say("but " + conflict);
    if (dry_run) return terminal.say("Nothing was changed.");
    terminal.say("next: to take it back, touchline customer undo " + decision.undo_token);
}

/// Opens for writing, decides, and shows what became of it.
template <typename Decide>
int decide_with(
    Terminal& terminal, const Globals& globals, const DecisionArguments& arguments, Decide decide
) {
    const Opened opened = open_installation(terminal, globals, Access::write);
    if (!opened) return opened.code;
    const Result<ingest::Decision> decision = decide(*opened.installation);
    if (!decision) return terminal.fail(decision.error(), k_next);
    show(terminal, *decision, arguments.dry_run);
    return k_ok;
}

/// What people type is a text unless it is JSON of another kind.
std::string json_of(const std::string& typed) {
    if (!typed.empty() && std::string_view("{[\"").find(typed.front()) != std::string_view::npos)
        return typed;
    json::Writer writer;
    writer.value(typed);
    return writer.take();
}

int ended(Terminal& terminal, const Result<void>& done, std::string_view said) {
    if (!done) return terminal.fail(done.error(), k_next);
    terminal.say(said);
    return k_ok;
}

}  // namespace

int customer_merge(Terminal& terminal, const Globals& globals, const DecisionArguments& arguments) {
    return decide_with(
        terminal,
        globals,
        arguments,
        [&](Installation& installation) -> Result<ingest::Decision> {
            TOUCHLINE_TRY(const std::string a, id_of(installation, arguments.customer));
            TOUCHLINE_TRY(const std::string b, id_of(installation, arguments.others.front()));
            return ingest::merge_customers(installation.environment(), a, b, options_of(arguments));
        }
    );
}

int customer_split(Terminal& terminal, const Globals& globals, const DecisionArguments& arguments) {
    return decide_with(
        terminal,
        globals,
        arguments,
        [&](Installation& installation) -> Result<ingest::Decision> {
            TOUCHLINE_TRY(const std::string id, id_of(installation, arguments.customer));
            return ingest::split_customer(
                installation.environment(), id, arguments.others, options_of(arguments)
            );
        }
    );
}

int customer_undo(Terminal& terminal, const Globals& globals, const DecisionArguments& arguments) {
    const Opened opened = open_installation(terminal, globals, Access::write);
    if (!opened) return opened.code;
    const auto undone = ingest::undo_decision(
        opened.installation->environment(), arguments.customer, options_of(arguments)
    );
    return ended(terminal, undone, "It is as if that had not been decided.");
}

int customer_choose(
    Terminal& terminal, const Globals& globals, const DecisionArguments& arguments
) {
    const Opened opened = open_installation(terminal, globals, Access::write);
    if (!opened) return opened.code;
    const auto id = id_of(*opened.installation, arguments.customer);
    if (!id) return terminal.fail(id.error(), k_next);
    const ingest::Environment& environment = opened.installation->environment();
    if (arguments.value.empty()) {
        return ended(
            terminal,
            ingest::release_field(environment, *id, arguments.field),
            "What the sources say counts again."
        );
    }
    return ended(
        terminal,
        ingest::choose_field(
            environment, *id, arguments.field, json_of(arguments.value), options_of(arguments)
        ),
        "This value counts now, whatever the sources say."
    );
}

}  // namespace touchline::app
