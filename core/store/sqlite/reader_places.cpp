// Where touchpoints stand, and the few that something more is known of, without reading them all.
#include "sqlite_reader.hpp"
#include "timeline_condition.hpp"

#include <algorithm>

namespace touchline::store::sqlite {
namespace {

bool is_newer(const TimelinePlaces::Place& x, const TimelinePlaces::Place& y) {
    return x.at != y.at ? x.at > y.at : x.key > y.key;
}

}  // namespace

Result<TimelinePlaces> SqliteReader::places(
    std::span<const IdentityKey> keys, const TimelineFilter& filter
) {
    TOUCHLINE_CHECK(settle());
    TOUCHLINE_TRY(const TimelineCondition condition, condition_of(db_, filter));
    TOUCHLINE_TRY(
        Query query,
        db_.query(
            "SELECT timeline.occurred_at, timeline.touchpoint, timeline.kind, timeline.channel,"
            " timeline.department FROM timeline" +
            condition.text + " WHERE timeline.identity = ?1" + condition.sql +
            " AND ?8 IS NOT NULL ORDER BY timeline.occurred_at DESC, timeline.touchpoint DESC"
        )
    );
    TimelinePlaces found;
    std::vector<std::int64_t> words;
    // They are few, and the next one is mostly that of before.
    const auto index_of = [&](int column, std::uint32_t before) {
        const std::int64_t word = query.integer(column);
        if (before < words.size() && words[before] == word) return before;
        const auto known = std::find(words.begin(), words.end(), word) - words.begin();
        if (known == std::ssize(words)) words.push_back(word);
        return static_cast<std::uint32_t>(known);
    };
    TimelinePlaces::Place place;
    for (const IdentityKey key : keys) {
        bind_condition(query, key, filter, condition, 0);
        TOUCHLINE_CHECK(query.each([&] {
            place = {
                query.time(0),
                query.as<TouchpointKey>(1),
                index_of(2, place.kind),
                index_of(3, place.channel),
                index_of(4, place.department)};
            found.places.push_back(place);
        }));
        query.reset();
    }
    // As it is for a customer of one busy identity.
    if (!std::is_sorted(found.places.begin(), found.places.end(), is_newer))
        std::sort(found.places.begin(), found.places.end(), is_newer);
    TOUCHLINE_TRY(Query text, db_.query("SELECT text FROM word WHERE id = ?1"));
    for (const std::int64_t word : words) {
        text.bind(word);
        TOUCHLINE_TRY(const bool known, text.next());
        found.words.push_back(known ? text.text(0) : std::string());
        text.reset();
    }
    return found;
}

Result<std::vector<StoredTouchpoint>> SqliteReader::annotated(std::span<const IdentityKey> keys) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT touchpoint.id, touchpoint.occurred_at, data FROM annotated"
                  " JOIN touchpoint ON touchpoint.id = annotated.touchpoint"
                  " WHERE annotated.identity = ?1")
    );
    std::vector<StoredTouchpoint> found;
    for (const IdentityKey key : keys) {
        query.bind(key);
        TOUCHLINE_CHECK(query.each([&] {
            found.push_back({query.as<TouchpointKey>(0), key, query.time(1), query.text(2)});
        }));
        query.reset();
    }
    std::sort(found.begin(), found.end(), [](const auto& x, const auto& y) {
        return x.occurred_at != y.occurred_at ? x.occurred_at > y.occurred_at : x.key > y.key;
    });
    return found;
}

Result<std::vector<Classified>> SqliteReader::classified(std::span<const IdentityKey> keys) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT touchpoint, (SELECT text FROM word WHERE id = privacy) FROM classified"
                  " WHERE identity = ?1")
    );
    std::vector<Classified> found;
    for (const IdentityKey key : keys) {
        query.bind(key);
        TOUCHLINE_CHECK(query.each([&] {
            found.push_back({query.as<TouchpointKey>(0), query.text(1)});
        }));
        query.reset();
    }
    return found;
}

Result<std::optional<Time>> SqliteReader::first_touch(std::span<const IdentityKey> keys) {
    TOUCHLINE_CHECK(settle());
    TOUCHLINE_TRY(
        Query query, db_.query("SELECT min(occurred_at) FROM timeline WHERE identity = ?1")
    );
    std::optional<Time> first;
    for (const IdentityKey key : keys) {
        query.bind(key);
        TOUCHLINE_CHECK(query.next());
        if (!query.is_null(0)) first = first ? std::min(*first, query.time(0)) : query.time(0);
        query.reset();
    }
    return first;
}

}  // namespace touchline::store::sqlite
