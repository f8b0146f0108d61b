#include "record.hpp"

#include "touchline/base/log.hpp"

namespace touchline::api {
namespace {

/// "/api/v1/customers/{}/merge" is "merge", "/api/v1/review/{}" is "review",
/// "/api/v1/users/{}/role" is "user role", as the command is called.
std::string action_of(std::string_view pattern) {
    constexpr std::string_view k_user = "/api/v1/users/{}";
    if (pattern == k_user) return "user add";
    if (pattern.starts_with(k_user))
        return "user " + std::string(pattern.substr(k_user.size() + 1));
    while (pattern.ends_with("/{}")) pattern.remove_suffix(3);
    return std::string(pattern.substr(pattern.rfind('/') + 1));
}

access::AuditEvent event_of(
    const ApiOptions& options,
    const net::ServerRequest& request,
    const access::Caller& caller,
    const Deed& deed
) {
    access::AuditEvent event;
    event.at = options.environment.clock.now();
    event.account = caller.account;
    event.role = to_string(caller.role);
    event.action = deed.action;
    event.customer = deed.customer;
    event.subject = deed.subject;
    event.outcome = deed.outcome;
    event.address = options.door->address_of(request);
    return event;
}

void say_if_lost(const Result<void>& written, const access::AuditEvent& event) {
    if (written) return;
    log(LogLevel::error,
        "not on record",
        {{"error", written.error().text()}, {"event", access::json_of(event)}});
}

}  // namespace

void record(
    const ApiOptions& options,
    const net::ServerRequest& request,
    const access::Caller& caller,
    const Deed& deed
) {
    if (options.door == nullptr) return;
    const access::AuditEvent event = event_of(options, request, caller, deed);
    say_if_lost(options.door->audit().write(event), event);
}

void record(const Route& route, const Call& call, int status) {
    if (call.options.door == nullptr) return;
    const bool is_of_customer = route.pattern.starts_with("/api/v1/customers/{}");
    Deed deed;
    if (!call.path.empty())
        (is_of_customer ? deed.customer : deed.subject) = call.path[0].substr(0, 200);
    if (status >= 400) deed.outcome = status == 403 ? "refused" : "failed";
    const bool tries = call.flag("dry_run").value_or(false);
    if (route.method == "GET" || tries) {
        if (status >= 400 && status != 403) return;
        const bool is_search = route.pattern == "/api/v1/lookup";
        const bool takes_away = route.pattern.ends_with("/export");
        if (!is_of_customer && !is_search && status != 403) return;
        deed.action = takes_away       ? "export"
                      : is_search      ? "search"
                      : is_of_customer ? "look"
                                       : action_of(route.pattern);
        const access::AuditEvent event = event_of(call.options, call.request, call.caller, deed);
        access::AuditLog& audit = call.options.door->audit();
        say_if_lost(takes_away || status == 403 ? audit.write(event) : audit.looked(event), event);
        return;
    }
    deed.action = action_of(route.pattern);
    record(call.options, call.request, call.caller, deed);
}

}  // namespace touchline::api
