#include "kind_filter.hpp"
#include "sqlite_reader.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace touchline::store::sqlite {
namespace {

/// The filter as the queries take it. Everything but text is decided inside the timeline's index.
struct Condition {
    std::string sql;  ///< after "WHERE timeline.identity = ?1"
    std::string text;
    std::int64_t after = std::numeric_limits<std::int64_t>::min();
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    std::string kinds;
    bool is_everything = false;
};

Result<Condition> condition_of(Connection& db, const TimelineFilter& filter) {
    Condition condition;
    condition.is_everything = !filter.after && !filter.before && filter.department.empty() &&
                              filter.channel.empty() && filter.kind.empty() && filter.text.empty();
    if (filter.after) condition.after = filter.after->time_since_epoch().count();
    if (filter.before) condition.before = filter.before->time_since_epoch().count();
    condition.sql = " AND timeline.occurred_at > ?2 AND timeline.occurred_at < ?3";
    if (!filter.department.empty()) {
        condition.sql += " AND timeline.department = (SELECT id FROM word WHERE text = ?4)";
    }
    if (!filter.channel.empty()) {
        condition.sql += " AND timeline.channel = (SELECT id FROM word WHERE text = ?5)";
    }
    if (!filter.kind.empty()) {
        condition.sql += " AND timeline.kind IN (SELECT value FROM json_each(?6))";
        TOUCHLINE_TRY(condition.kinds, kinds_matching(db, filter.kind));
    }
    if (!filter.text.empty()) {
        condition.sql +=
            " AND (instr(lower(touchpoint.data ->> '$.subject'), lower(?7)) > 0"
            " OR instr(lower(touchpoint.data ->> '$.snippet'), lower(?7)) > 0)";
        condition.text = " JOIN touchpoint ON touchpoint.id = timeline.touchpoint";
    }
    return condition;
}

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
    Merge(Connection& db, const TimelineFilter& filter, Condition condition, std::int64_t wanted)
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
        query.bind(
            key,
            condition_.after,
            condition_.before,
            std::string_view(filter_.department),
            std::string_view(filter_.channel),
            std::string_view(condition_.kinds),
            std::string_view(filter_.text),
            wanted_
        );
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
    Condition condition_;
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
    TOUCHLINE_TRY(Condition condition, condition_of(db_, filter));
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
