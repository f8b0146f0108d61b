// Replays, plans, and looking on.
#include "access.hpp"
#include "body.hpp"
#include "masking.hpp"
#include "problem.hpp"
#include "workshop_call.hpp"

#include "touchline/ingest/replay_json.hpp"
#include "touchline/json/writer.hpp"

#include <charconv>

namespace touchline::api {
namespace {

constexpr std::size_t k_shown = 20;

Result<store::ReplayKey> replay_key(const std::string& text) {
    std::int64_t key = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), key);
    if (fault != std::errc() || end != text.data() + text.size())
        return Error(Code::not_found, "there is no replay " + text.substr(0, 32));
    return static_cast<store::ReplayKey>(key);
}

net::ServerResponse replay_response(const store::Replay& replay, int status = 200) {
    json::Writer writer;
    ingest::write(writer, replay);
    return json_response(writer.take(), status);
}

/// Who may not read everything sees the numbers, not what customers wrote.
void write(json::Writer& writer, const Call& call, const PlanState& plan) {
    writer.begin_object().member("id", plan.id).member("state", plan.state);
    writer.member("records", plan.records).member("total", plan.total);
    writer.member("started_at", format_rfc3339(plan.started_at)).member("error", plan.error);
    writer.key("report");
    const bool all = call.reading().everything();
    plan.report.empty() ? writer.null() : writer.raw(all ? plan.report : masked_json(plan.report));
    writer.end_object();
}

Result<std::optional<Time>> time_in(json::View body, std::string_view name) {
    const std::string text = text_of(body, name);
    if (text.empty()) return std::optional<Time>();
    TOUCHLINE_TRY(const Time time, parse_rfc3339(text).with(std::string(name)));
    return std::optional(time);
}

bool flag_in(json::View body, std::string_view name, bool otherwise) {
    const auto member = body.get(name);
    return member ? member->as_bool().value_or(otherwise) : otherwise;
}

}  // namespace

Result<Workshop*> workshop_of(const Call& call) {
    if (call.options.workshop == nullptr)
        return Error(Code::not_found, "this installation changes nothing over the API");
    return call.options.workshop;
}

Result<store::RawSelection> selection_in(json::View body) {
    store::RawSelection selection;
    selection.connection = text_of(body, "connection");
    selection.stream = text_of(body, "stream");
    TOUCHLINE_TRY(selection.from, time_in(body, "from"));
    TOUCHLINE_TRY(selection.until, time_in(body, "to"));
    if (const auto share = body.get("share"); share && !share->is_null()) {
        selection.share = share->as_double().value_or(0);
        if (selection.share <= 0 || selection.share > 1)
            return Error(Code::bad_data, "share has to be above 0 and at most 1");
    }
    return selection;
}

Answer get_raw_volume(const Call& call) {
    store::RawSelection selection;
    selection.connection = call.query("connection");
    selection.stream = call.query("stream");
    TOUCHLINE_TRY(selection.from, call.time("from"));
    TOUCHLINE_TRY(selection.until, call.time("to"));
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(const auto volume, reader->raw_volume(selection));
    std::int64_t total = 0;
    std::map<Time, std::int64_t> hours;
    for (const store::RawVolume& one : volume) {
        hours[one.hour] += one.records;
        total += one.records;
    }
    json::Writer writer;
    writer.begin_object().member("records", total).key("hours").begin_array();
    for (const auto& [hour, records] : hours) {
        writer.begin_object().member("from", format_rfc3339(hour));
        writer.member("records", records).end_object();
    }
    writer.end_array().end_object();
    return json_response(writer.take());
}

Answer get_replays(const Call& call) {
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(const auto replays, reader->replays(k_shown));
    json::Writer writer;
    writer.begin_object().key("replays").begin_array();
    for (const store::Replay& replay : replays) ingest::write(writer, replay);
    writer.end_array().end_object();
    return json_response(writer.take());
}

Answer post_replay(const Call& call) {
    TOUCHLINE_TRY(Workshop* const workshop, workshop_of(call));
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    ingest::ReplayRequest request;
    TOUCHLINE_TRY(request.selection, selection_in(body.root()));
    request.where = text_of(body.root(), "where");
    request.author = author_of(call, body.root());
    TOUCHLINE_TRY(const store::Replay replay, workshop->start_replay(request));
    return replay_response(replay, 202);
}

Answer post_replay_cancel(const Call& call) {
    TOUCHLINE_TRY(Workshop* const workshop, workshop_of(call));
    TOUCHLINE_CHECK(check_change(call.request));
    TOUCHLINE_TRY(const store::ReplayKey key, replay_key(call.path[0]));
    TOUCHLINE_TRY(const store::Replay replay, workshop->cancel_replay(key));
    return replay_response(replay);
}

Answer get_plans(const Call& call) {
    TOUCHLINE_TRY(Workshop* const workshop, workshop_of(call));
    json::Writer writer;
    writer.begin_object().key("plans").begin_array();
    for (const PlanState& plan : workshop->plans()) write(writer, call, plan);
    writer.end_array().end_object();
    return json_response(writer.take());
}

Answer get_plan(const Call& call) {
    TOUCHLINE_TRY(Workshop* const workshop, workshop_of(call));
    TOUCHLINE_TRY(const PlanState plan, workshop->plan(call.path[0]));
    json::Writer writer;
    write(writer, call, plan);
    return json_response(writer.take());
}

Answer post_plan(const Call& call) {
    TOUCHLINE_TRY(Workshop* const workshop, workshop_of(call));
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    PlanWish wish;
    TOUCHLINE_TRY(wish.selection, selection_in(body.root()));
    wish.where = text_of(body.root(), "where");
    wish.with_rules = flag_in(body.root(), "with_rules", true);
    TOUCHLINE_TRY(const std::string id, workshop->start_plan(wish));
    json::Writer writer;
    writer.begin_object().member("id", id).end_object();
    return json_response(writer.take(), 202);
}

Answer post_plan_cancel(const Call& call) {
    TOUCHLINE_TRY(Workshop* const workshop, workshop_of(call));
    TOUCHLINE_CHECK(check_change(call.request));
    TOUCHLINE_CHECK(workshop->cancel_plan(call.path[0]));
    return json_response(R"({"cancelled":true})");
}

Answer post_plan_apply(const Call& call) {
    TOUCHLINE_TRY(Workshop* const workshop, workshop_of(call));
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    const bool even = flag_in(body.root(), "even_if_records_came", false);
    const std::string author = author_of(call, body.root());
    TOUCHLINE_TRY(const store::Replay replay, workshop->apply_plan(call.path[0], even, author));
    return replay_response(replay, 202);
}

Answer get_tap(const Call& call) {
    TOUCHLINE_TRY(Workshop* const workshop, workshop_of(call));
    TOUCHLINE_TRY(const std::int64_t after, call.number("after", 0, 0, INT64_MAX));
    TOUCHLINE_TRY(const std::int64_t limit, call.number("limit", 100, 1, 500));
    TOUCHLINE_TRY(const bool all, shows_all(call));
    json::Writer writer;
    writer.begin_object().key("rows").begin_array();
    for (const TapRow& row : workshop->tap(after, static_cast<std::size_t>(limit))) {
        writer.begin_object().member("number", row.number).member("at", format_rfc3339(row.at));
        writer.member("stage", row.stage).member("connection", row.connection);
        writer.member("stream", row.stream).member("external_id", row.external_id);
        writer.member("text", all ? row.text : masked_json(row.text)).end_object();
    }
    writer.end_array().end_object();
    return json_response(writer.take());
}

}  // namespace touchline::api
