// Mappings: the records that they read, what becomes of these under a text that nobody has saved,
// and saving it.
#include "access.hpp"
#include "body.hpp"
#include "masking.hpp"
#include "problem.hpp"
#include "stream_samples.hpp"
#include "workshop_call.hpp"

#include "touchline/json/writer.hpp"
#include "touchline/view/timeline.hpp"

namespace touchline::api {
namespace {

constexpr std::size_t k_most_samples = 20;

void write(json::Writer& writer, const MappingFault& fault) {
    writer.begin_object().member("line", fault.line).member("column", fault.column);
    writer.member("length", fault.length).member("message", fault.message);
    writer.member("cure", fault.cure).end_object();
}

void write(json::Writer& writer, const mapping::CaseResult& one) {
    writer.begin_object().member("name", one.name).member("line", one.place.line);
    writer.member("passed", one.passed());
    writer.member("error", one.error ? one.error->text() : std::string());
    writer.key("differences").begin_array();
    for (const mapping::Difference& difference : one.differences) {
        writer.begin_object().member("pointer", difference.pointer);
        writer.member("expected", difference.expected).member("got", difference.got).end_object();
    }
    writer.end_array().end_object();
}

/// Without what it says of people.
void mask(model::Touchpoint& touchpoint) {
    for (std::string* text : {&touchpoint.subject, &touchpoint.snippet, &touchpoint.owner.employee})
        *text = masked_text(*text);
    for (model::Claim& claim : touchpoint.identities) claim.value = masked_text(claim.value);
    for (model::Ref& ref : touchpoint.refs) {
        ref.label = masked_text(ref.label);
        ref.url.clear();
    }
    touchpoint.source.url.clear();
    touchpoint.source.external_id = masked_text(touchpoint.source.external_id);
}

Result<void> write(
    json::Writer& writer,
    const Call& call,
    store::Reader& reader,
    const TriedRecord& record,
    bool all
) {
    writer.begin_object().key("fault");
    if (record.fault) {
        MappingFault fault = *record.fault;
        if (!all) fault.message = masked_message(fault.message);
        write(writer, fault);
    } else {
        writer.null();
    }
    writer.key("items").begin_array();
    for (const std::string& text : record.touchpoints) {
        store::StoredTouchpoint stored;
        stored.data = text;
        TOUCHLINE_TRY(auto item, view::display(reader, call.options.catalogue, stored));
        if (!item.touchpoint.identities.empty()) {
            const model::Claim& first = item.touchpoint.identities.front();
            item.identity = first.ns + ":" + (all ? first.value : masked_text(first.value));
        }
        if (!all) mask(item.touchpoint);
        view::write(writer, view::TimelineRow{std::move(item), std::nullopt});
    }
    writer.end_array();
    const auto list = [&](std::string_view name, const std::vector<std::string>& texts) {
        writer.key(name).begin_array();
        for (const std::string& text : texts) writer.raw(all ? text : masked_json(text));
        writer.end_array();
    };
    list("touchpoints", record.touchpoints);
    list("facts", record.facts);
    list("links", record.links);
    writer.end_object();
    return {};
}

}  // namespace

Result<bool> shows_all(const Call& call) {
    if (call.query("masked").empty()) return false;
    TOUCHLINE_TRY(const bool masked, call.flag("masked"));
    if (masked || call.reading().everything()) return !masked;
    return Error(Code::denied, "your role does not read all that records say of people");
}

Answer get_streams(const Call& call) {
    TOUCHLINE_TRY(Workshop* const workshop, workshop_of(call));
    json::Writer writer;
    writer.begin_object().key("streams").begin_array();
    for (const MappedStream& stream : workshop->streams()) {
        writer.begin_object().member("connection", stream.connection);
        writer.member("stream", stream.stream).member("file", stream.file);
        writer.member("why_not", stream.why_not).end_object();
    }
    writer.end_array().end_object();
    return json_response(writer.take());
}

Answer get_samples(const Call& call) {
    TOUCHLINE_TRY(const std::int64_t limit, call.number("limit", 10, 1, k_most_samples));
    TOUCHLINE_TRY(const bool all, shows_all(call));
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    TOUCHLINE_TRY(
        const auto samples,
        samples_of(*reader, call.path[0], call.path[1], static_cast<std::size_t>(limit))
    );
    json::Writer writer;
    writer.begin_object().member("masked", !all).key("samples").begin_array();
    for (const Sample& sample : samples) {
        writer.begin_object().member("id", sample.id);
        writer.member("external_id", all ? sample.external_id : masked_text(sample.external_id));
        writer.member("at", format_rfc3339(sample.at));
        writer.member("fault", all ? sample.fault : masked_message(sample.fault));
        writer.member("text", all ? sample.bytes : masked_json(sample.bytes)).end_object();
    }
    writer.end_array().end_object();
    return json_response(writer.take());
}

Answer get_mapping(const Call& call) {
    TOUCHLINE_TRY(Workshop* const workshop, workshop_of(call));
    TOUCHLINE_TRY(const MappingText mapping, workshop->mapping(call.path[0], call.path[1]));
    json::Writer writer;
    writer.begin_object().member("file", mapping.file).member("text", mapping.text);
    writer.member("etag", mapping.etag).member("why_not", mapping.why_not).end_object();
    return json_response(writer.take());
}

Answer post_mapping(const Call& call) {
    TOUCHLINE_TRY(Workshop* const workshop, workshop_of(call));
    TOUCHLINE_TRY(const bool dry_run, call.flag("dry_run"));
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    TOUCHLINE_TRY(
        const MappingSaved saved,
        workshop->save_mapping(
            call.path[0],
            call.path[1],
            text_of(body.root(), "text"),
            text_of(body.root(), "etag"),
            dry_run
        )
    );
    json::Writer writer;
    writer.begin_object().member("saved", !dry_run).member("diff", saved.diff);
    writer.member("etag", saved.etag).end_object();
    return json_response(writer.take());
}

Answer post_trial(const Call& call) {
    TOUCHLINE_TRY(Workshop* const workshop, workshop_of(call));
    TOUCHLINE_TRY(const bool all, shows_all(call));
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    TOUCHLINE_TRY(const auto reader, call.options.environment.store.reader());
    std::vector<TrialInput> inputs;
    if (const auto ids = body.root().get("samples")) {
        for (const json::View id : ids->elements()) {
            if (inputs.size() == k_most_samples) break;
            TOUCHLINE_TRY(
                Sample one, sample(*reader, call.path[0], call.path[1], id.as_string().value_or(""))
            );
            inputs.push_back({std::move(one.external_id), std::move(one.bytes)});
        }
    }
    TOUCHLINE_TRY(
        const MappingTrial trial,
        workshop->try_mapping(call.path[0], call.path[1], text_of(body.root(), "text"), inputs)
    );
    json::Writer writer;
    writer.begin_object().key("faults").begin_array();
    for (const MappingFault& fault : trial.faults) write(writer, fault);
    writer.end_array().key("cases").begin_array();
    for (const mapping::CaseResult& one : trial.cases) write(writer, one);
    writer.end_array().key("records").begin_array();
    for (const TriedRecord& record : trial.records)
        TOUCHLINE_CHECK(write(writer, call, *reader, record, all));
    writer.end_array().end_object();
    return json_response(writer.take());
}

}  // namespace touchline::api
