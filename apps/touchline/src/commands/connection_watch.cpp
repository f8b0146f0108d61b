// Commands for a connection that runs: holding it, letting it go on, and what its last run has
// done.
#include "../connections.hpp"
#include "../loading.hpp"
#include "../pausing.hpp"

#include "touchline/json/writer.hpp"

namespace touchline::app {
namespace {

int change(Terminal& terminal, const Globals& globals, const std::string& id, bool paused) {
    const auto loaded = load_config(terminal, globals);
    if (!loaded) return k_config;
    if (!loaded->config.connections.contains(id)) {
        return terminal.fail(
            Error(Code::not_found, "there is no connection \"" + id + "\""),
            "touchline connections list"
        );
    }
    if (const auto changed = set_paused(loaded->config, id, paused); !changed)
        return terminal.fail(changed.error());
    if (!paused) host::resume(isolation_of(loaded->config), id);
    terminal.say(
        paused ? id + " is paused; its webhooks are kept until it goes on."
               : id + " goes on with its next run."
    );
    return k_ok;
}

}  // namespace

int connections_pause(Terminal& terminal, const Globals& globals, const std::string& id) {
    return change(terminal, globals, id, true);
}

int connections_resume(Terminal& terminal, const Globals& globals, const std::string& id) {
    return change(terminal, globals, id, false);
}

int connections_logs(Terminal& terminal, const Globals& globals, const std::string& id) {
    const Opened opened = open_installation(terminal, globals, Access::read);
    if (!opened) return opened.code;
    const auto reader = opened.installation->store().reader();
    if (!reader) return terminal.fail(reader.error());
    const auto stats = (*reader)->connection_stats(id);
    if (!stats) return terminal.fail(stats.error());
    if (!stats->last_run) {
        return terminal.fail(
            Error(Code::not_found, "\"" + id + "\" has not run yet"), "touchline connections list"
        );
    }
    const store::Run& run = *stats->last_run;
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object()
            .member("connection", id)
            .member("started_at", format_rfc3339(run.started_at))
            .member("finished_at", format_rfc3339(run.finished_at))
            .member("outcome", run.outcome)
            .member("records", run.records)
            .member("touchpoints", run.touchpoints)
            .member("dead_letters", run.dead_letters)
            .member_unless_empty("error", run.error)
            .end_object();
        terminal.print(writer.text());
        return k_ok;
    }
    const auto took =
        std::chrono::ceil<std::chrono::milliseconds>(run.finished_at - run.started_at).count();
    terminal.print(
        format_rfc3339(run.started_at) + "  " + run.outcome + ", " +
        counted(run.records, "record") + ", " + counted(run.touchpoints, "touchpoint") + ", " +
        counted(run.dead_letters, "dead letter") + " in " + std::to_string(took) + " ms"
    );
    if (!run.error.empty()) terminal.print("  " + run.error);
    return k_ok;
}

}  // namespace touchline::app
