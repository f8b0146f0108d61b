#include "problem.hpp"
#include "routes.hpp"

#include "touchline/json/writer.hpp"

namespace touchline::api {

Answer get_audit(const Call& call) {
    access::AuditQuery query;
    query.account = call.query("account");
    query.action = call.query("action");
    query.customer = call.query("customer");
    TOUCHLINE_TRY(const std::int64_t limit, call.number("limit", 100, 1, 1000));
    query.limit = static_cast<std::size_t>(limit);
    TOUCHLINE_TRY(const auto before, call.time("before"));
    if (before) query.before = *before;
    std::vector<access::AuditEvent> events;
    if (call.options.door != nullptr) {
        TOUCHLINE_TRY(events, call.options.door->audit().read(query));
    }
    json::Writer writer;
    writer.begin_object().key("events").begin_array();
    for (const access::AuditEvent& event : events) writer.raw(access::json_of(event));
    writer.end_array().end_object();
    return json_response(writer.take());
}

}  // namespace touchline::api
