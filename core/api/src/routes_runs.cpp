// What a connection did: its runs, and the latest requests that it sent.
#include "masking.hpp"
#include "problem.hpp"
#include "routes.hpp"
#include "workshop_call.hpp"

#include "touchline/json/writer.hpp"

namespace touchline::api {
namespace {

constexpr std::size_t k_runs = 50;

void write(json::Writer& writer, const net::SeenRequest& request, bool all) {
    writer.begin_object().member("at", format_rfc3339(request.at));
    writer.member("target", request.target).member("method", request.method);
    writer.member("url", all ? request.url : masked_url(request.url));
    writer.member("credentials", request.credentials);
    writer.member("sent_bytes", request.sent_bytes).member("status", request.status);
    writer.member("received_bytes", request.received_bytes);
    writer.member("milliseconds", static_cast<std::int64_t>(request.took.count()));
    writer.member("error", request.error);
    writer.member("answer", all ? request.answer : masked_json(request.answer)).end_object();
}

}  // namespace

Answer get_runs(const Call& call) {
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(const auto runs, reader->runs(call.path[0], k_runs));
    json::Writer writer;
    writer.begin_object().key("runs").begin_array();
    for (const store::Run& run : runs) {
        writer.begin_object().member("started_at", format_rfc3339(run.started_at));
        writer.member("finished_at", format_rfc3339(run.finished_at));
        writer.member("records", run.records).member("touchpoints", run.touchpoints);
        writer.member("dead_letters", run.dead_letters).member("outcome", run.outcome);
        writer.member("error", run.error).key("setup");
        run.setup.empty() ? writer.null() : writer.raw(run.setup);
        writer.end_object();
    }
    writer.end_array().end_object();
    return json_response(writer.take());
}

Answer get_requests(const Call& call) {
    TOUCHLINE_TRY(const bool all, shows_all(call));
    const auto requests = call.options.operations.requests(call.path[0]);
    json::Writer writer;
    writer.begin_object().member("masked", !all).key("requests").begin_array();
    for (const net::SeenRequest& request : requests) write(writer, request, all);
    writer.end_array().end_object();
    return json_response(writer.take());
}

}  // namespace touchline::api
