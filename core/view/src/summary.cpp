#include "touchline/view/summary.hpp"

#include "open_things.hpp"
#include "touchpoint_reader.hpp"

#include "touchline/journey/mood.hpp"
#include "touchline/view/customer.hpp"

#include <algorithm>
#include <array>

namespace touchline::view {
namespace {

/// How far the summary looks back for the latest contact and its owner.
constexpr std::int64_t k_recent = 100;

bool is_contact(const model::Touchpoint& touchpoint) {
    return touchpoint.direction == model::Direction::inbound ||
           touchpoint.direction == model::Direction::outbound;
}

/// The latest that the customer stated, else the latest estimate; and the one before it.
Result<std::optional<Mood>> latest_mood(
    store::Reader& reader,
    const Catalogue& catalogue,
    const CustomerKeys& keys,
    const Reading& reading
) {
    TOUCHLINE_TRY(const auto annotated, reader.annotated(keys.identity_keys));
    std::vector<journey::Feeling> feelings;
    TouchpointReader touchpoints;
    for (const store::StoredTouchpoint& stored : annotated) {
        TOUCHLINE_TRY(const model::Touchpoint touchpoint, touchpoints.read(stored));
        if (!reading.reads(catalogue, touchpoint)) continue;
        auto more = journey::feelings_of(touchpoint);
        if (!more.empty()) feelings.push_back(std::move(more.front()));
    }
    const bool stated = std::any_of(feelings.begin(), feelings.end(), [](const auto& feeling) {
        return feeling.stated;
    });
    std::erase_if(feelings, [stated](const auto& feeling) { return feeling.stated != stated; });
    if (feelings.empty()) return std::optional<Mood>();
    const journey::Feeling& latest = feelings.front();
    Mood mood{latest.mood, latest.stated, latest.measured, latest.at, {}, {}};
    if (feelings.size() > 1) {
        mood.before = feelings[1].mood;
        mood.before_at = feelings[1].at;
    }
    return std::optional(std::move(mood));
}

/// What the head of the page says beside the name.
constexpr std::array k_about = {
    std::string_view("job.title"),
    std::string_view("title"),
    std::string_view("role"),
    std::string_view("company.name"),
    std::string_view("company"),
    std::string_view("segment"),
    std::string_view("tier"),
    std::string_view("lang"),
    std::string_view("city")};

Result<std::map<std::string, std::string>> about(
    store::Reader& reader,
    const Catalogue& catalogue,
    const CustomerKeys& keys,
    const Reading& reading
) {
    TOUCHLINE_TRY(auto facts, reader.facts_of(keys.identity_keys));
    std::erase_if(facts, [&](const store::StoredFact& fact) {
        return !reading.reads_connection(catalogue, fact.connection);
    });
    TOUCHLINE_TRY(const auto choices, reader.choices_of(keys.identity_keys));
    const auto fields = surviving_fields(facts, choices, catalogue.survivorship);
    std::map<std::string, std::string> found;
    for (const std::string_view name : k_about) {
        std::string text = text_in(fields, std::string(name));
        if (!text.empty()) found[std::string(name)] = std::move(text);
    }
    return found;
}

}  // namespace

Result<Summary> summary(
    store::Reader& reader,
    const Catalogue& catalogue,
    std::string_view customer,
    Time now,
    const Reading& reading
) {
    TOUCHLINE_TRY(const CustomerKeys keys, customer_keys(reader, customer));
    Summary result;
    result.id = keys.customer.id;
    TOUCHLINE_TRY(result.name, name_of(reader, catalogue.survivorship, keys.identities));
    TOUCHLINE_TRY(result.departments, reader.departments(keys.identity_keys));
    std::stable_sort(
        result.departments.begin(),
        result.departments.end(),
        [](const auto& a, const auto& b) { return a.touchpoints > b.touchpoints; }
    );
    for (const store::DepartmentCount& department : result.departments) {
        result.touchpoints += department.touchpoints;
        if (!result.first_touch || department.first < *result.first_touch)
            result.first_touch = department.first;
        if (!result.last_touch || department.last > *result.last_touch)
            result.last_touch = department.last;
    }
    TOUCHLINE_TRY(result.about, about(reader, catalogue, keys, reading));
    TOUCHLINE_TRY(
        const store::TimelinePage recent, reader.timeline(keys.identity_keys, {}, 0, k_recent)
    );
    for (const store::StoredTouchpoint& stored : recent.items) {
        if (result.last_contact && !result.owner.empty()) break;
        TOUCHLINE_TRY(const TimelineItem item, display(reader, catalogue, stored));
        if (!result.last_contact && is_contact(item.touchpoint) && !item.quiet)
            result.last_contact = item;
        if (result.owner.empty() && !item.touchpoint.owner.employee.empty())
            result.owner = item.touchpoint.owner;
    }
    TOUCHLINE_TRY(result.mood, latest_mood(reader, catalogue, keys, reading));
    TOUCHLINE_TRY(result.open, open_things(reader, catalogue, keys, now));
    for (const OpenThing& thing : result.open) {
        if (thing.employee.empty()) continue;
        result.owner = {thing.department, {}, thing.employee, {}};
        result.owner_of = thing.title;
        break;
    }
    TOUCHLINE_TRY(result.sources, connections(reader, catalogue, now));
    return result;
}

namespace {

void write_time(json::Writer& writer, std::string_view name, const std::optional<Time>& value) {
    writer.key(name);
    value ? writer.value(format_rfc3339(*value)) : writer.null();
}

void write_open(json::Writer& writer, const OpenThing& thing) {
    writer.begin_object().member("rel", thing.rel).member("ref", thing.ref);
    writer.member("title", thing.title).member("url", thing.url).member("status", thing.status);
    writer.member("connection", thing.connection).member("department", thing.department);
    writer.member("department_name", thing.department_name).member("employee", thing.employee);
    writer.member("since", format_rfc3339(thing.since));
    write_time(writer, "waiting_since", thing.waiting_since);
    writer.member("late", thing.late).member("hidden", thing.hidden).end_object();
}

void write_mood(json::Writer& writer, const Mood& mood) {
    writer.begin_object().member("mood", mood.value);
    writer.member("tone", journey::to_string(journey::tone_of(mood.value)));
    writer.member("stated", mood.stated).member("measure", mood.measured.measure);
    writer.member("value", mood.measured.value);
    if (mood.measured.min) writer.member("min", *mood.measured.min);
    if (mood.measured.max) writer.member("max", *mood.measured.max);
    writer.member("at", format_rfc3339(mood.at)).key("before");
    if (mood.before) {
        writer.begin_object().member("mood", *mood.before);
        writer.member("tone", journey::to_string(journey::tone_of(*mood.before)));
        writer.member("at", format_rfc3339(*mood.before_at)).end_object();
    } else {
        writer.null();
    }
    writer.end_object();
}

}  // namespace

void write(json::Writer& writer, const Summary& summary, const Catalogue& catalogue) {
    writer.begin_object().member("id", summary.id).member("name", summary.name);
    writer.member("touchpoints", summary.touchpoints);
    write_time(writer, "first_touch", summary.first_touch);
    write_time(writer, "last_touch", summary.last_touch);
    writer.key("last_contact");
    if (summary.last_contact) {
        const TimelineItem& item = *summary.last_contact;
        writer.begin_object().member("occurred_at", format_rfc3339(item.touchpoint.occurred_at));
        writer.member("kind", item.touchpoint.kind).member("channel", item.touchpoint.channel);
        writer.member("direction", to_string(item.touchpoint.direction));
        writer.member("department", item.department_name).member("title", item.title);
        writer.member("subject", item.touchpoint.subject).end_object();
    } else {
        writer.null();
    }
    writer.key("departments").begin_array();
    for (const store::DepartmentCount& department : summary.departments) {
        writer.begin_object().member("id", department.department);
        writer.member("name", catalogue.department_name(department.department));
        writer.member("touchpoints", department.touchpoints);
        writer.member("last", format_rfc3339(department.last)).end_object();
    }
    writer.end_array().key("about").begin_object();
    for (const auto& [field, value] : summary.about) writer.member(field, value);
    writer.end_object().key("open").begin_array();
    for (const OpenThing& thing : summary.open) write_open(writer, thing);
    writer.end_array().key("mood");
    summary.mood ? write_mood(writer, *summary.mood) : static_cast<void>(writer.null());
    writer.key("owner");
    if (summary.owner.empty()) {
        writer.null();
    } else {
        writer.begin_object().member(
            "department", catalogue.department_name(summary.owner.department)
        );
        writer.member("employee", summary.owner.employee);
        writer.member("of", summary.owner_of).end_object();
    }
    writer.key("sources").begin_array();
    for (const ConnectionHealth& health : summary.sources) write(writer, health);
    writer.end_array().end_object();
}

}  // namespace touchline::view
