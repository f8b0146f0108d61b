#include "touchline/view/timeline.hpp"

#include "customer_keys.hpp"

#include <algorithm>
#include <array>

namespace touchline::view {
namespace {

struct KindTitle {
    std::string_view kind;
    model::Direction direction;
    std::string_view title;
};

/// Kinds whose name does not read well by itself.
constexpr std::array k_titles = {
    KindTitle{"message.sent", model::Direction::inbound, "Message received"},
    KindTitle{"message.sent", model::Direction::outbound, "Message sent"},
    KindTitle{"note.added", model::Direction::internal, "Internal note"},
    KindTitle{"call.completed", model::Direction::inbound, "Call from the customer"},
    KindTitle{"call.completed", model::Direction::outbound, "Call to the customer"},
    KindTitle{"survey.responded", model::Direction::inbound, "Survey answered"},
    KindTitle{"post.mentioned", model::Direction::inbound, "Mentioned us"},
};

}  // namespace

std::string title_of(const model::Touchpoint& touchpoint) {
    for (const KindTitle& entry : k_titles) {
        if (entry.kind == touchpoint.kind && entry.direction == touchpoint.direction)
            return std::string(entry.title);
    }
    std::string title = touchpoint.kind;
    if (title.starts_with("x.")) title.erase(0, title.find('.', 2) + 1);
    std::replace(title.begin(), title.end(), '.', ' ');
    std::replace(title.begin(), title.end(), '_', ' ');
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z')
        title[0] = static_cast<char>(title[0] - 'a' + 'A');
    return title;
}

Result<TimelineItem> display(
    store::Reader& reader, const Catalogue& catalogue, const store::StoredTouchpoint& stored
) {
    TOUCHLINE_TRY(const json::Document document, json::Document::parse(stored.data));
    TimelineItem item;
    TOUCHLINE_TRY(item.touchpoint, model::read_touchpoint(document.root()));
    TOUCHLINE_TRY(const auto identities, reader.identities(std::span(&stored.identity, 1)));
    if (!identities.empty()) item.identity = identities.front().ns + ":" + identities.front().value;
    item.title = title_of(item.touchpoint);
    item.department = item.touchpoint.owner.department;
    if (item.department.empty()) {
        if (const ConnectionInfo* info = catalogue.connection(item.touchpoint.source.connection)) {
            item.department = info->department;
        }
    }
    item.department_name = catalogue.department_name(item.department);
    return item;
}

Result<Timeline> timeline(
    store::Reader& reader,
    const Catalogue& catalogue,
    std::string_view customer,
    const store::TimelineFilter& filter,
    std::int64_t offset,
    std::int64_t limit
) {
    TOUCHLINE_TRY(const CustomerKeys keys, customer_keys(reader, customer));
    Timeline result;
    result.customer = keys.customer.id;
    result.offset = offset;
    TOUCHLINE_TRY(result.as_of, reader.feed_head());
    TOUCHLINE_TRY(
        const store::TimelinePage page, reader.timeline(keys.identity_keys, filter, offset, limit)
    );
    result.total = page.total;
    for (const store::StoredTouchpoint& stored : page.items) {
        TOUCHLINE_TRY(TimelineItem item, display(reader, catalogue, stored));
        result.items.push_back(std::move(item));
    }
    return result;
}

void write(json::Writer& writer, const TimelineItem& item) {
    const model::Touchpoint& touchpoint = item.touchpoint;
    const bool internal = touchpoint.direction == model::Direction::internal;
    writer.begin_object()
        .member("id", touchpoint.id)
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
    writer.end_object();
}

void write(json::Writer& writer, const Timeline& timeline) {
    writer.begin_object().member("customer", timeline.customer).member("total", timeline.total);
    writer.member("offset", timeline.offset)
        .member("as_of", timeline.as_of)
        .key("items")
        .begin_array();
    for (const TimelineItem& item : timeline.items) write(writer, item);
    writer.end_array().end_object();
}

}  // namespace touchline::view
