#include "touchline/journey/mood.hpp"
#include "touchline/view/timeline.hpp"

namespace touchline::view {
namespace {

void write_item(json::Writer& writer, const TimelineItem& item) {
    const model::Touchpoint& touchpoint = item.touchpoint;
    const bool internal = touchpoint.direction == model::Direction::internal;
    writer.member("id", touchpoint.id)
        .member("occurred_at", format_rfc3339(touchpoint.occurred_at));
    writer.member("kind", touchpoint.kind)
        .member("title", item.title)
        .member("channel", touchpoint.channel);
    writer.member("platform", touchpoint.platform)
        .member("direction", to_string(touchpoint.direction));
    writer.member("department", item.department).member("department_name", item.department_name);
    writer.member("connection", touchpoint.source.connection).member("subject", touchpoint.subject);
    writer.member("snippet", touchpoint.snippet).member("status", touchpoint.status);
    writer.member("url", touchpoint.source.url)
        .member("identity", item.identity)
        .member("internal", internal);
    writer.key("refs").begin_array();
    for (const model::Ref& ref : touchpoint.refs) {
        writer.begin_object()
            .member("rel", ref.rel)
            .member("id", ref.id)
            .member("label", ref.label);
        writer.member("url", ref.url).end_object();
    }
    writer.end_array();
    if (touchpoint.amount) {
        writer.key("amount").begin_object().member("value", touchpoint.amount->value);
        writer.member("currency", touchpoint.amount->currency).end_object();
    }
    writer.key("experience").begin_array();
    for (const model::Experience& one : touchpoint.experience) {
        writer.begin_object().member("measure", one.measure).member("value", one.value);
        if (one.min) writer.member("min", *one.min);
        if (one.max) writer.member("max", *one.max);
        writer.member("label", one.label)
            .member("question", one.question)
            .member("by", one.by)
            .end_object();
    }
    writer.end_array();
    if (!touchpoint.owner.empty()) {
        writer.key("owner").begin_object().member("team", touchpoint.owner.team);
        writer.member("employee", touchpoint.owner.employee).end_object();
    }
    writer.key("source").begin_object().member("connection", touchpoint.source.connection);
    writer.member("stream", touchpoint.source.stream)
        .member("external_id", touchpoint.source.external_id);
    writer.member("ingested_at", format_rfc3339(touchpoint.source.ingested_at)).end_object();
    if (touchpoint.ended_at) writer.member("ended_at", format_rfc3339(*touchpoint.ended_at));
    if (item.phase != nullptr) {
        writer.key("phase").begin_object().member("id", item.phase->id);
        writer.member("name", item.phase->name).member("by", item.phase_by).end_object();
    }
    if (item.mood) {
        writer.key("mood").begin_object().member("value", *item.mood);
        writer.member("tone", journey::to_string(journey::tone_of(*item.mood)));
        writer.member("stated", item.mood_stated).end_object();
    }
    writer.member("quiet", item.quiet).member("hidden", item.hidden);
}

}  // namespace

void write(json::Writer& writer, const TimelineRow& row) {
    writer.begin_object();
    write_item(writer, row.item);
    if (row.burst) {
        writer.key("burst").begin_object().member("count", row.burst->count);
        writer.member("from", format_rfc3339(row.burst->from));
        writer.member("to", format_rfc3339(row.burst->to)).key("subjects").begin_array();
        for (const std::string& subject : row.burst->subjects) writer.value(subject);
        writer.end_array().end_object();
    }
    writer.end_object();
}

void write(json::Writer& writer, const Timeline& timeline) {
    writer.begin_object().member("customer", timeline.customer).member("total", timeline.total);
    writer.member("touchpoints", timeline.touchpoints);
    writer.member("offset", timeline.offset)
        .member("as_of", timeline.as_of)
        .key("items")
        .begin_array();
    for (const TimelineRow& row : timeline.items) write(writer, row);
    writer.end_array().end_object();
}

void write(json::Writer& writer, const Density& density) {
    writer.begin_object().member("total", density.total).key("parts").begin_array();
    for (const Density::Part& part : density.parts) {
        writer.begin_object().member("from", format_rfc3339(part.from));
        writer.member("touchpoints", part.touchpoints).end_object();
    }
    writer.end_array().end_object();
}

}  // namespace touchline::view
