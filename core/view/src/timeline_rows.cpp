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

/// What holds of a word, once for each: places are many, and words are few.
template <typename Says>
std::vector<bool> of_each_word(const store::TimelinePlaces& found, Says&& says) {
    std::vector<bool> answers;
    for (const std::string& word : found.words) answers.push_back(says(word));
    return answers;
}

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

/// Otherwise a search would tell what the rows that it finds do not show.
Result<void> drop_hidden(
    store::Reader& reader,
    const CustomerKeys& keys,
    const Reading& reading,
    store::TimelinePlaces& found
) {
    const auto is_read = of_each_word(found, [&](const std::string& department) {
        return reading.reads_department(department);
    });
    std::unordered_set<std::int64_t> hidden;
    if (reading.up_to != PrivacyClass::special) {
        TOUCHLINE_TRY(const auto classified, reader.classified(keys.identity_keys));
        for (const store::Classified& one : classified)
            if (privacy_class(one.privacy) > reading.up_to)
                hidden.insert(static_cast<std::int64_t>(one.touchpoint));
    }
    std::erase_if(found.places, [&](const Place& place) {
        return !is_read[place.department] ||
               (!hidden.empty() && hidden.contains(static_cast<std::int64_t>(place.key)));
    });
    return {};
}

/// For each word the first with the same beginning: "page.viewed" and "page.left" have one.
std::vector<std::size_t> families_of(const store::TimelinePlaces& found) {
    const auto family = [](std::string_view kind) { return kind.substr(0, kind.find('.')); };
    std::vector<std::size_t> families(found.words.size());
    for (std::size_t word = 0; word < families.size(); ++word) {
        std::size_t first = 0;
        while (family(found.words[first]) != family(found.words[word])) ++first;
        families[word] = first;
    }
    return families;
}

}  // namespace

Result<store::TimelinePlaces> selected_places(
    store::Reader& reader, const CustomerKeys& keys, const TimelineQuery& query
) {
    TOUCHLINE_TRY(store::TimelinePlaces found, reader.places(keys.identity_keys, query.filter));
    if (query.people_only) {
        const auto quiet = of_each_word(found, is_quiet);
        std::erase_if(found.places, [&](const Place& place) { return quiet[place.kind]; });
    }
    if (query.mood != MoodFilter::any) {
        TOUCHLINE_TRY(const auto wanted, in_mood(reader, keys, query.mood));
        std::erase_if(found.places, [&wanted](const Place& place) {
            return !wanted.contains(static_cast<std::int64_t>(place.key));
        });
    }
    if (asks_for_contents(query) && !query.reading.everything())
        TOUCHLINE_CHECK(drop_hidden(reader, keys, query.reading, found));
    return found;
}

std::vector<RowSpan> rows_of(const store::TimelinePlaces& found, bool fold) {
    const auto& places = found.places;
    const auto quiet = of_each_word(found, is_quiet);
    const std::vector<std::size_t> families = families_of(found);
    const auto goes_on = [&](const Place& newer, const Place& older) {
        return newer.channel == older.channel && newer.department == older.department &&
               newer.at - older.at <= k_pause_in_a_burst &&
               families[newer.kind] == families[older.kind];
    };
    std::vector<RowSpan> rows;
    rows.reserve(places.size());
    for (std::size_t first = 0; first < places.size();) {
        std::size_t end = first + 1;
        if (fold && quiet[places[first].kind]) {
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
