#include "schema.hpp"
#include "sqlite_reader.hpp"
#include "timeline_condition.hpp"

#include <algorithm>
#include <map>

namespace touchline::store::sqlite {
namespace {

struct Place {
    Time at{};
    TouchpointKey key = TouchpointKey::none;
};

bool is_newer(const Place& x, const Place& y) {
    return x.at != y.at ? x.at > y.at : x.key > y.key;
}

/// Walks identities' ranges of the index and keeps the newest places of all.
class Merge {
public:
    Merge(
        Connection& db,
        const TimelineFilter& filter,
        TimelineCondition condition,
        std::int64_t wanted
    )
        : db_(db), filter_(filter), condition_(std::move(condition)), wanted_(wanted) {}

    Result<void> add(IdentityKey key) {
        const std::string from =
            " FROM timeline" + condition_.text + " WHERE timeline.identity = ?1" + condition_.sql;
        TOUCHLINE_TRY(
            Query query,
            db_.query(
                "SELECT timeline.occurred_at, timeline.touchpoint" + from +
                " ORDER BY timeline.occurred_at DESC, timeline.touchpoint DESC LIMIT ?8"
            )
        );
        bind(query, key);
        std::int64_t taken = 0;
        TOUCHLINE_CHECK(query.each([&] {
            places_.push_back({query.time(0), query.as<TouchpointKey>(1)});
            ++taken;
        }));
        if (taken == wanted_) {
            TOUCHLINE_TRY(taken, count(key, from));
        }
        total_ += taken;
        return {};
    }

    std::int64_t total() const { return total_; }

    std::vector<Place> page(std::int64_t offset) {
        const auto end = static_cast<std::ptrdiff_t>(std::min(wanted_, std::ssize(places_)));
        std::partial_sort(places_.begin(), places_.begin() + end, places_.end(), is_newer);
        if (offset >= end) return {};
        return {places_.begin() + offset, places_.begin() + end};
    }

private:
    void bind(Query& query, IdentityKey key) {
        bind_condition(query, key, filter_, condition_, wanted_);
    }

    Result<std::int64_t> count(IdentityKey key, const std::string& from) {
        if (condition_.is_everything) return length(key);
        TOUCHLINE_TRY(Query query, db_.query("SELECT count(*)" + from + " AND ?8 IS NOT NULL"));
        bind(query, key);
        TOUCHLINE_CHECK(query.next());
        return query.integer(0);
    }

    Result<std::int64_t> length(IdentityKey key) {
        TOUCHLINE_TRY(
            Query query, db_.query("SELECT touchpoints FROM timeline_length WHERE identity = ?1")
        );
        query.bind(key);
        TOUCHLINE_TRY(const bool found, query.next());
        return found ? query.integer(0) : 0;
    }

    Connection& db_;
    const TimelineFilter& filter_;
    TimelineCondition condition_;
    std::int64_t wanted_;
    std::int64_t total_ = 0;
    std::vector<Place> places_;
};

constexpr std::string_view k_touchpoint_query =
    "SELECT identity, occurred_at, data, retracted_at FROM touchpoint WHERE id = ?1";

Result<std::optional<StoredTouchpoint>> touchpoint_by_key(Query& query, TouchpointKey key) {
    query.bind(key);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return std::optional<StoredTouchpoint>();
    return std::optional(StoredTouchpoint{
        key, query.as<IdentityKey>(0), query.time(1), query.text(2), !query.is_null(3)});
}

}  // namespace

Result<TimelinePage> SqliteReader::timeline(
    std::span<const IdentityKey> keys,
    const TimelineFilter& filter,
    std::int64_t offset,
    std::int64_t limit
) {
    TOUCHLINE_CHECK(settle());
    offset = std::max<std::int64_t>(offset, 0);
    limit = std::max<std::int64_t>(limit, 0);
    TOUCHLINE_TRY(TimelineCondition condition, condition_of(db_, filter));
    Merge merge(db_, filter, std::move(condition), offset + limit);
    for (const IdentityKey key : keys) TOUCHLINE_CHECK(merge.add(key));
    TimelinePage page;
    page.total = merge.total();
    const std::vector<Place> places = merge.page(offset);
    page.items.reserve(places.size());
    TOUCHLINE_TRY(Query query, db_.query(k_touchpoint_query));
    for (const Place& place : places) {
        TOUCHLINE_TRY(std::optional<StoredTouchpoint> found, touchpoint_by_key(query, place.key));
        if (found) page.items.push_back(std::move(*found));
        query.reset();
    }
    return page;
}

Result<std::optional<TouchpointKey>> SqliteReader::find_touchpoint(
    std::span<const IdentityKey> keys, std::string_view id
) {
    TOUCHLINE_CHECK(settle());
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT touchpoint.id FROM timeline"
                  " JOIN touchpoint ON touchpoint.id = timeline.touchpoint"
                  " WHERE timeline.identity = ?1 AND instr(data, ?2) > 0 AND data ->> '$.id' = ?2")
    );
    for (const IdentityKey key : keys) {
        query.bind(key, id);
        TOUCHLINE_TRY(const bool found, query.next());
        if (found) return std::optional(query.as<TouchpointKey>(0));
        query.reset();
    }
    return std::optional<TouchpointKey>();
}

Result<std::vector<Pin>> SqliteReader::pins(std::span<const IdentityKey> keys) {
    TOUCHLINE_CHECK(settle());
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT pin.touchpoint, author, at FROM timeline"
                  " JOIN pin ON pin.touchpoint = timeline.touchpoint WHERE timeline.identity = ?1")
    );
    std::vector<Pin> found;
    for (const IdentityKey key : keys) {
        query.bind(key);
        TOUCHLINE_CHECK(query.each([&] {
            found.push_back({query.as<TouchpointKey>(0), query.text(1), query.time(2)});
        }));
        query.reset();
    }
    std::sort(found.begin(), found.end(), [](const Pin& x, const Pin& y) {
        return x.at != y.at ? x.at > y.at : x.touchpoint > y.touchpoint;
    });
    return found;
}

Result<std::vector<DepartmentCount>> SqliteReader::departments(std::span<const IdentityKey> keys) {
    TOUCHLINE_CHECK(settle());
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT (SELECT text FROM word WHERE id = department), count(*),"
                  " min(occurred_at), max(occurred_at)"
                  " FROM timeline WHERE identity = ?1 GROUP BY department")
    );
    std::map<std::string, DepartmentCount, std::less<>> found;
    for (const IdentityKey key : keys) {
        query.bind(key);
        TOUCHLINE_CHECK(query.each([&] {
            auto [entry, is_new] = found.try_emplace(query.text(0));
            DepartmentCount& count = entry->second;
            count.touchpoints += query.integer(1);
            count.first = is_new ? query.time(2) : std::min(count.first, query.time(2));
            count.last = is_new ? query.time(3) : std::max(count.last, query.time(3));
        }));
        query.reset();
    }
    std::vector<DepartmentCount> counts;
    for (auto& [department, count] : found) {
        count.department = department;
        counts.push_back(std::move(count));
    }
    return counts;
}

Result<std::optional<StoredTouchpoint>> SqliteReader::touchpoint(TouchpointKey key) {
    TOUCHLINE_TRY(Query query, db_.query(k_touchpoint_query));
    return touchpoint_by_key(query, key);
}

}  // namespace touchline::store::sqlite
