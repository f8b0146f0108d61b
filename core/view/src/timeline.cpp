#include "touchline/view/timeline.hpp"

#include "background.hpp"
#include "quiet.hpp"
#include "timeline_rows.hpp"

#include "touchline/journey/mood.hpp"

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

using Place = store::TimelinePlaces::Place;

constexpr std::size_t k_subjects_of_a_burst = 4;

/// What a row says beyond its newest touchpoint.
Result<Burst> read_burst(
    store::Reader& reader, std::span<const Place> places, const Reading& reading
) {
    Burst burst;
    burst.count = std::ssize(places);
    burst.to = places.front().at;
    burst.from = places.back().at;
    for (const Place& place : places) {
        if (burst.subjects.size() == k_subjects_of_a_burst) break;
        TOUCHLINE_TRY(const auto stored, reader.touchpoint(place.key));
        if (!stored) continue;
        TOUCHLINE_TRY(const json::Document document, json::Document::parse(stored->data));
        const auto privacy = json::find(document.root(), "/privacy/class");
        const std::string_view of_class = privacy ? privacy->as_string().value_or("") : "";
        if (privacy_class(of_class) > reading.up_to) continue;
        const auto subject = document.root().get("subject");
        const std::string_view text = subject ? subject->as_string().value_or("") : "";
        const bool known =
            std::find(burst.subjects.begin(), burst.subjects.end(), text) != burst.subjects.end();
        if (!text.empty() && !known) burst.subjects.emplace_back(text);
    }
    return burst;
}

/// Nothing when the touchpoint has gone in the meantime.
Result<std::optional<TimelineRow>> read_row(
    store::Reader& reader,
    const Catalogue& catalogue,
    const Background& behind,
    std::span<const Place> places,
    const Reading& reading
) {
    TOUCHLINE_TRY(const auto stored, reader.touchpoint(places.front().key));
    if (!stored) return std::optional<TimelineRow>();
    TimelineRow row;
    TOUCHLINE_TRY(row.item, display(reader, catalogue, *stored));
    const journey::PhaseFound found = phase_of(catalogue.phases, behind, row.item.touchpoint);
    row.item.phase = found.phase;
    row.item.phase_by = found.by;
    if (places.size() > 1) {
        TOUCHLINE_TRY(row.burst, read_burst(reader, places, reading));
    }
    return std::optional(std::move(row));
}

Time start_of(Time at, DensityStep step) {
    using std::chrono::days;
    const auto day = std::chrono::floor<days>(at);
    switch (step) {
        case DensityStep::day:
            return day;
        case DensityStep::week:
            return day - (std::chrono::weekday(day) - std::chrono::Monday);
        case DensityStep::month:
            break;
    }
    const std::chrono::year_month_day date(day);
    return std::chrono::sys_days(date.year() / date.month() / 1);
}

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
    const auto feelings = journey::feelings_of(item.touchpoint);
    if (!feelings.empty()) {
        item.mood = feelings.front().mood;
        item.mood_stated = feelings.front().stated;
    }
    item.quiet =
        item.touchpoint.direction == model::Direction::system || is_quiet(item.touchpoint.kind);
    return item;
}

Result<Timeline> timeline(
    store::Reader& reader,
    const Catalogue& catalogue,
    std::string_view customer,
    const TimelineQuery& query
) {
    TOUCHLINE_TRY(const CustomerKeys keys, customer_keys(reader, customer));
    Timeline result;
    result.customer = keys.customer.id;
    TOUCHLINE_TRY(result.as_of, reader.feed_head());
    TOUCHLINE_TRY(const store::TimelinePlaces places, selected_places(reader, keys, query));
    const std::vector<RowSpan> rows = rows_of(places, query.fold);
    result.total = std::ssize(rows);
    result.touchpoints = std::ssize(places.places);
    result.offset = query.around ? row_at(places, rows, *query.around) : query.offset;
    TOUCHLINE_TRY(const Background behind, background(reader, keys));
    const std::int64_t end = std::min(result.total, result.offset + query.limit);
    for (std::int64_t index = result.offset; index < end; ++index) {
        const RowSpan& span = rows[static_cast<std::size_t>(index)];
        TOUCHLINE_TRY(
            auto row,
            read_row(
                reader,
                catalogue,
                behind,
                std::span(places.places).subspan(span.first, span.count),
                query.reading
            )
        );
        if (row) result.items.push_back(std::move(*row));
    }
    return result;
}

Result<Density> density(
    store::Reader& reader, std::string_view customer, const TimelineQuery& query, DensityStep step
) {
    TOUCHLINE_TRY(const CustomerKeys keys, customer_keys(reader, customer));
    TOUCHLINE_TRY(const store::TimelinePlaces places, selected_places(reader, keys, query));
    Density result;
    result.total = std::ssize(places.places);
    for (const Place& place : places.places) {
        const Time from = start_of(place.at, step);
        if (result.parts.empty() || result.parts.back().from != from)
            result.parts.push_back({from, 0});
        ++result.parts.back().touchpoints;
    }
    return result;
}

}  // namespace touchline::view
