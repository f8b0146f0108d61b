#include "touchline/view/summary.hpp"

#include "customer_keys.hpp"

#include "touchline/view/customer.hpp"

#include <algorithm>
#include <map>

namespace touchline::view {
namespace {

/// What the summary looks back at: enough for open cases and the latest mood without reading a
/// whole life.
constexpr std::int64_t k_recent = 200;

std::string ref_of(const model::Touchpoint& touchpoint, std::string_view rel) {
    for (const model::Ref& ref : touchpoint.refs) {
        if (ref.rel == rel) return ref.id;
    }
    return {};
}

bool closes(std::string_view kind) {
    return kind == "case.closed" || kind == "case.solved";
}
bool opens(std::string_view kind) {
    return kind == "case.opened" || kind == "case.reopened";
}

/// Newest first in; the newest opening or closing of a case tells its state.
std::vector<OpenCase> open_cases(const std::vector<TimelineItem>& items) {
    std::map<std::string, OpenCase> open;
    std::map<std::string, bool> decided;
    for (const TimelineItem& item : items) {
        const model::Touchpoint& touchpoint = item.touchpoint;
        if (!touchpoint.kind.starts_with("case.")) continue;
        const std::string ref = ref_of(touchpoint, "case");
        if (ref.empty()) continue;
        if (!decided.contains(ref)) {
            if (!opens(touchpoint.kind) && !closes(touchpoint.kind)) continue;
            const bool done = touchpoint.status == "done" || touchpoint.status == "cancelled";
            decided[ref] = true;
            if (closes(touchpoint.kind) || done) continue;
        } else if (!open.contains(ref) || !opens(touchpoint.kind)) {
            continue;
        }
        open[ref] = {
            ref,
            touchpoint.subject.empty() ? item.title : touchpoint.subject,
            item.department_name,
            touchpoint.occurred_at};
    }
    std::vector<OpenCase> cases;
    for (auto& [ref, one] : open) cases.push_back(std::move(one));
    std::sort(cases.begin(), cases.end(), [](const OpenCase& a, const OpenCase& b) {
        return a.since < b.since;
    });
    return cases;
}

bool is_contact(const model::Touchpoint& touchpoint) {
    return touchpoint.direction == model::Direction::inbound ||
           touchpoint.direction == model::Direction::outbound;
}

}  // namespace

Result<Summary> summary(
    store::Reader& reader, const Catalogue& catalogue, std::string_view customer, Time now
) {
    TOUCHLINE_TRY(const CustomerKeys keys, customer_keys(reader, customer));
    Summary result;
    result.id = keys.customer.id;
    TOUCHLINE_TRY(result.name, name_of(reader, keys.identities));
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
    TOUCHLINE_TRY(Timeline recent, timeline(reader, catalogue, result.id, {}, 0, k_recent));
    for (TimelineItem& item : recent.items) {
        if (!result.last_contact && is_contact(item.touchpoint)) result.last_contact = item;
        if (result.owner.empty() && !item.touchpoint.owner.employee.empty())
            result.owner = item.touchpoint.owner;
        for (const model::Experience& experience : item.touchpoint.experience) {
            if (result.mood || experience.by != "customer") continue;
            result.mood = experience;
            result.mood_at = item.touchpoint.occurred_at;
        }
    }
    result.open_cases = open_cases(recent.items);
    TOUCHLINE_TRY(result.sources, connections(reader, catalogue, now));
    return result;
}

void write(json::Writer& writer, const Summary& summary, const Catalogue& catalogue) {
    const auto time = [&writer](std::string_view name, const std::optional<Time>& value) {
        writer.key(name);
        value ? writer.value(format_rfc3339(*value)) : writer.null();
    };
    writer.begin_object().member("id", summary.id).member("name", summary.name);
    writer.member("touchpoints", summary.touchpoints);
    time("first_touch", summary.first_touch);
    time("last_touch", summary.last_touch);
    writer.key("last_contact");
    if (summary.last_contact) {
        const TimelineItem& item = *summary.last_contact;
        writer.begin_object().member("occurred_at", format_rfc3339(item.touchpoint.occurred_at));
        writer.member("kind", item.touchpoint.kind).member("channel", item.touchpoint.channel);
        writer.member("direction", to_string(item.touchpoint.direction));
        writer.member("department", item.department_name).member("title", item.title).end_object();
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
    writer.end_array().key("open_cases").begin_array();
    for (const OpenCase& one : summary.open_cases) {
        writer.begin_object()
            .member("ref", one.ref)
            .member("title", one.title)
            .member("department", one.department);
        writer.member("since", format_rfc3339(one.since)).end_object();
    }
    writer.end_array().key("mood");
    if (summary.mood) {
        writer.begin_object()
            .member("measure", summary.mood->measure)
            .member("value", summary.mood->value);
        if (summary.mood->min) writer.member("min", *summary.mood->min);
        if (summary.mood->max) writer.member("max", *summary.mood->max);
        time("at", summary.mood_at);
        writer.end_object();
    } else {
        writer.null();
    }
    writer.key("owner");
    if (summary.owner.empty()) {
        writer.null();
    } else {
        writer.begin_object().member(
            "department", catalogue.department_name(summary.owner.department)
        );
        writer.member("employee", summary.owner.employee).end_object();
    }
    writer.key("sources").begin_array();
    for (const ConnectionHealth& health : summary.sources) write(writer, health);
    writer.end_array().end_object();
}

}  // namespace touchline::view
