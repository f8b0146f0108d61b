#include "touchline/view/connections.hpp"

#include "../interrupt.hpp"
#include "../loading.hpp"
#include "../pausing.hpp"

#include "touchline/config/units.hpp"
#include "touchline/ingest/connection_run.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

std::string ago(const std::optional<std::chrono::seconds>& lag) {
    if (!lag) return "never";
    if (lag->count() < 120) return std::to_string(lag->count()) + " s";
    if (lag->count() < 7200) return std::to_string(lag->count() / 60) + " min";
    return std::to_string(lag->count() / 3600) + " h";
}

void write(json::Writer& writer, const std::string& id, const ingest::RunReport& report) {
    writer.begin_object().member("connection", id).member("records", report.totals.records);
    writer.member("unchanged", report.totals.unchanged)
        .member("touchpoints", report.totals.touchpoints);
    writer.member("dead_letters", report.totals.dead_letters).member("cancelled", report.cancelled);
    writer.key("failures").begin_array();
    for (const ingest::StreamFailure& failure : report.failures) {
        writer.begin_object()
            .member("stream", failure.stream)
            .member("error", failure.error.text())
            .end_object();
    }
    writer.end_array().key("waits").begin_array();
    for (const ingest::StreamFailure& wait : report.waits) {
        writer.begin_object()
            .member("stream", wait.stream)
            .member("reason", wait.error.text())
            .member(
                "seconds",
                std::chrono::ceil<std::chrono::seconds>(
                    wait.error.retry_after().value_or(std::chrono::milliseconds(0))
                )
                    .count()
            )
            .end_object();
    }
    writer.end_array().end_object();
}

std::string line_of(const std::string& id, const ingest::Totals& totals) {
    return padded(id, 20) + " " + counted(totals.records, "record") + ", " +
           counted(totals.touchpoints, "touchpoint") + ", " + std::to_string(totals.unchanged) +
           " unchanged, " + counted(totals.dead_letters, "dead letter");
}

}  // namespace

int connections_list(Terminal& terminal, const Globals& globals) {
    const Opened opened = open_installation(terminal, globals, Access::read);
    if (!opened) return opened.code;
    Installation& installation = *opened.installation;
    const auto reader = installation.store().reader();
    if (!reader) return terminal.fail(reader.error());
    const auto health =
        view::connections(**reader, installation.catalogue(), installation.clock().now());
    if (!health) return terminal.fail(health.error());
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().key("connections").begin_array();
        for (const view::ConnectionHealth& one : *health) view::write(writer, one);
        writer.end_array().end_object();
        terminal.print(writer.text());
        return k_ok;
    }
    terminal.print("CONNECTION           STATE    LAST SUCCESS  RECORDS   DEAD LETTERS");
    for (const view::ConnectionHealth& one : *health) {
        terminal.print(
            padded(one.connection, 20) + " " + padded(one.live_since ? "live" : one.state, 8) + " " +
            padded(ago(one.lag), 13) + " " + padded(std::to_string(one.records), 9) + " " +
            std::to_string(one.dead_letters)
        );
        if (!one.error.empty()) terminal.print("  " + one.error);
    }
    return k_ok;
}

int connections_test(Terminal& terminal, const Globals& globals, const std::string& id) {
    const Opened opened = open_installation(terminal, globals, Access::write);
    if (!opened) return opened.code;
    const auto& connections = opened.installation->config().connections;
    const auto configured = connections.find(id);
    if (configured == connections.end()) {
        return terminal.fail(
            Error(Code::not_found, "there is no connection \"" + id + "\""),
            "touchline connections list"
        );
    }
    auto connector = Connector::make(*opened.installation);
    if (!connector) return terminal.fail(connector.error());
    std::vector<FileProblem> problems;
    const auto connection = (*connector)->open(configured->second, problems);
    if (!connection) {
        show(terminal, problems, opened.config_source);
        return k_config;
    }
    const StopOnInterrupt interrupt;
    const auto said = connection->source->check(interrupt.token());
    if (!said) {
        const int code = terminal.fail(said.error(), "touchline connections test " + id);
        return code == k_bad ? static_cast<int>(k_source) : code;
    }
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object()
            .member("connection", id)
            .member("ok", true)
            .member("message", *said)
            .key("streams");
        writer.begin_array();
        for (const auto& stream : connection->plan.streams) writer.value(stream.info.name);
        writer.end_array().end_object();
        terminal.print(writer.text());
        return k_ok;
    }
    terminal.print(id + ": " + *said);
    for (const auto& stream : connection->plan.streams) {
        terminal.print("  stream " + stream.info.name + ", mapping " + stream.mapping_name);
    }
    return k_ok;
}

int connections_run(Terminal& terminal, const Globals& globals, const RunArguments& arguments) {
    const Opened opened = open_installation(terminal, globals, Access::write);
    if (!opened) return opened.code;
    Installation& installation = *opened.installation;
    const StopOnInterrupt interrupt;
    auto connector = Connector::make(installation);
    if (!connector) return terminal.fail(connector.error());
    ingest::RunOptions options;
    options.stop = interrupt.token();
    options.streams = arguments.streams;
    if (!arguments.since.empty()) {
        const auto since = config::parse_since(arguments.since);
        if (!since) {
            terminal.fail(since.error());
            return k_usage;
        }
        options.since = *since;
    }
    json::Writer writer;
    writer.begin_object().key("runs").begin_array();
    int done = 0, failed = 0;
    for (const auto& [id, configured] : installation.config().connections) {
        const bool wanted = arguments.connection.empty()
                                ? configured.enabled && !is_paused(installation.config(), id)
                                : id == arguments.connection;
        if (!wanted) continue;
        std::vector<FileProblem> problems;
        const auto connection = (*connector)->open(configured, problems);
        if (!connection) {
            show(terminal, problems, opened.config_source);
            return k_config;
        }
        options.progress = [&terminal, &id](const ingest::Totals& totals) {
            terminal.progress(line_of(id, totals));
        };
        const auto report = ingest::run_connection(
            installation.environment(), connection->plan, *connection->source, options
        );
        if (!report) return terminal.fail(report.error(), "touchline doctor");
        write(writer, id, *report);
        if (!terminal.json) terminal.print(line_of(id, report->totals));
        for (const ingest::StreamFailure& failure : report->failures) {
            terminal.say("  " + failure.stream + " failed: " + failure.error.text());
            if (!failure.error.cure().empty()) terminal.say("    " + failure.error.cure());
        }
        for (const ingest::StreamFailure& wait : report->waits) {
            terminal.say("  " + wait.stream + " waits: " + wait.error.text());
        }
        if (report->cancelled) return k_interrupted;
        ++(report->failures.empty() ? done : failed);
    }
    if (done + failed == 0 && arguments.connection.empty()) {
        terminal.say(
            "Nothing was run: there is no connection that is neither paused nor switched off."
        );
    } else if (done + failed == 0) {
        return terminal.fail(
            Error(Code::not_found, "there is no connection \"" + arguments.connection + "\""),
            "touchline connections list"
        );
    }
    writer.end_array().end_object();
    if (terminal.json) terminal.print(writer.text());
    return failed == 0 ? k_ok : done == 0 ? k_source : k_partly;
}

}  // namespace touchline::app
