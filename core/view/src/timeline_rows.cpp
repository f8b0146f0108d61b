#include "timeline_rows.hpp"

#include "quiet.hpp"
#include "touchpoint_reader.hpp"

#include "touchline/journey/mood.hpp"

#include <algorithm>
#include <unordered_set>

namespace touchline::view {
namespace {

constexpr std::chrono::minutes k_pause_in_a_burst{30};
constexpr std::size_t k_fewest_in_a_burst = 3;
/// As journey::tone_of: unhappy or worse, content or better.
constexpr double k_low = -0.2, k_high = 0.2;

using Place = store::TimelinePlaces::Place;

/// The touchpoints whose first measurement is as low, or as high, as asked for.
Result<std::unordered_set<std::int64_t>> in_mood(
    store::Reader& reader, const CustomerKeys& keys, MoodFilter mood
) {
    std::unordered_set<std::int64_t> found;
    TOUCHLINE_TRY(const auto annotated, reader.annotated(keys.identity_keys));
    TouchpointReader touchpoints;
    for (const store::StoredTouchpoint& stored : annotated) {
        TOUCHLINE_TRY(const model::Touchpoint touchpoint, touchpoints.read(stored));
        const auto feelings = journey::feelings_of(touchpoint);
        if (feelings.empty()) continue;
        const double felt = feelings.front().mood;
        if (mood == MoodFilter::low ? felt <= k_low : felt >= k_high)
            found.insert(static_cast<std::int64_t>(stored.key));
    }
    return found;
}

/// Whether the query asks for something that only the contents tell.
bool asks_for_contents(const TimelineQuery& query) {
    const store::TimelineFilter& filter = query.filter;
    return query.mood != MoodFilter::any || query.people_only || !filter.kind.empty() ||
           !filter.channel.empty() || !filter.text.empty() || !filter.ref.empty();
}

/// Says at a glance, where reading all of it would take longer, whether a touchpoint is of a class
/// beyond normal.
std::string_view class_of(std::string_view written) {
    constexpr std::string_view k_mark = R"("privacy":{"class":")";
    const std::size_t at = written.find(k_mark);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = written.substr(at + k_mark.size());
    return rest.substr(0, rest.find('"'));
}

/// Otherwise a search would tell what the rows that it finds do not show.
Result<void> drop_hidden(
    store::Reader& reader, const Reading& reading, store::TimelinePlaces& found
) {
    std::erase_if(found.places, [&](const Place& place) {
        return !reading.reads_department(found.words[place.department]);
    });
    if (reading.up_to == PrivacyClass::special) return {};
    std::vector<Place> kept;
    kept.reserve(found.places.size());
    for (const Place& place : found.places) {
        TOUCHLINE_TRY(const auto stored, reader.touchpoint(place.key));
        if (stored && privacy_class(class_of(stored->data)) <= reading.up_to) kept.push_back(place);
    }
    found.places = std::move(kept);
    return {};
}

std::string_view family(std::string_view kind) {
    return kind.substr(0, kind.find('.'));
}

}  // namespace

Result<store::TimelinePlaces> selected_places(
    store::Reader& reader, const CustomerKeys& keys, const TimelineQuery& query
) {
    TOUCHLINE_TRY(store::TimelinePlaces found, reader.places(keys.identity_keys, query.filter));
    if (query.people_only) {
        std::erase_if(found.places, [&found](const Place& place) {
            return is_quiet(found.kind_of(place));
        });
    }
    if (query.mood != MoodFilter::any) {
        TOUCHLINE_TRY(const auto wanted, in_mood(reader, keys, query.mood));
        std::erase_if(found.places, [&wanted](const Place& place) {
            return !wanted.contains(static_cast<std::int64_t>(place.key));
        });
    }
    if (asks_for_contents(query) && !query.reading.everything())
        TOUCHLINE_CHECK(drop_hidden(reader, query.reading, found));
    return found;
}

std::vector<RowSpan> rows_of(const store::TimelinePlaces& found, bool fold) {
    const auto& places = found.places;
    const auto goes_on = [&](const Place& newer, const Place& older) {
        return newer.channel == older.channel && newer.department == older.department &&
               newer.at - older.at <= k_pause_in_a_burst &&
               family(found.kind_of(newer)) == family(found.kind_of(older));
    };
    std::vector<RowSpan> rows;
    rows.reserve(places.size());
    for (std::size_t first = 0; first < places.size();) {
        std::size_t end = first + 1;
        if (fold && is_quiet(found.kind_of(places[first]))) {
            while (end < places.size() && goes_on(places[end - 1], places[end])) ++end;
            if (end - first < k_fewest_in_a_burst) end = first + 1;
        }
        rows.push_back({first, end - first});
        first = end;
    }
    return rows;
}

std::int64_t row_at(
    const store::TimelinePlaces& found, const std::vector<RowSpan>& rows, Time time
) {
    const auto at = std::partition_point(rows.begin(), rows.end(), [&](const RowSpan& row) {
        return found.places[row.first + row.count - 1].at > time;
    });
    return std::max<std::int64_t>(0, std::min(at - rows.begin(), std::ssize(rows) - 1));
}

}  // namespace touchline::view
