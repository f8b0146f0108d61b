#include "touchline/access/audit.hpp"

#include "../entrance.hpp"
#include "../loading.hpp"

#include "touchline/json/writer.hpp"

namespace touchline::app {

int audit(Terminal& terminal, const Globals& globals, const AuditArguments& arguments) {
    const auto loaded = load_config(terminal, globals);
    if (!loaded) return k_config;
    access::AuditQuery query;
    query.account = arguments.account;
    query.action = arguments.action;
    query.customer = arguments.customer;
    query.limit = arguments.limit;
    const auto events = access::AuditLog(access_folder(loaded->config)).read(query);
    if (!events) return terminal.fail(events.error());
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().key("events").begin_array();
        for (const access::AuditEvent& event : *events) writer.raw(access::json_of(event));
        writer.end_array().end_object();
        terminal.print(writer.text());
        return k_ok;
    }
    for (const access::AuditEvent& event : *events) {
        terminal.print(
            format_rfc3339(event.at) + "  " +
            padded(event.account.empty() ? "-" : event.account, 24) + " " +
            padded(event.action, 14) + " " + padded(event.outcome, 8) + " " + event.customer +
            event.subject
        );
    }
    if (events->empty()) terminal.say("Nothing is on record.");
    return k_ok;
}

}  // namespace touchline::app
