#include "timeline_condition.hpp"

#include "kind_filter.hpp"

#include <algorithm>

namespace touchline::store::sqlite {
namespace {

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20;
}

}  // namespace

Result<TimelineCondition> condition_of(Connection& db, const TimelineFilter& filter) {
    TimelineCondition condition;
    condition.is_everything = !filter.after && !filter.before && filter.department.empty() &&
                              filter.channel.empty() && filter.kind.empty() &&
                              filter.text.empty() && filter.ref.empty();
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
        // What is not in the bytes is not in a text of them: most rows are spared the reading.
        // Control characters are written in more than one way.
        if (std::ranges::none_of(filter.text, is_control))
            condition.sql +=
                " AND instr(lower(touchpoint.data),"
                " lower(substr(json_quote(?7), 2, length(json_quote(?7)) - 2))) > 0";
        condition.sql +=
            " AND (instr(lower(touchpoint.data ->> '$.subject'), lower(?7)) > 0"
            " OR instr(lower(touchpoint.data ->> '$.snippet'), lower(?7)) > 0)";
    }
    // Looking for the bytes first spares most rows the reading.
    condition.sql += filter.ref.empty()
                         ? " AND ?9 = ''"
                         : " AND instr(touchpoint.data, json_quote(?9)) > 0"
                           " AND EXISTS (SELECT 1 FROM json_each(touchpoint.data, '$.refs')"
                           " WHERE value ->> '$.id' = ?9)";
    if (!filter.text.empty() || !filter.ref.empty())
        condition.text = " JOIN touchpoint ON touchpoint.id = timeline.touchpoint";
    return condition;
}

void bind_condition(
    Query& query,
    IdentityKey key,
    const TimelineFilter& filter,
    const TimelineCondition& condition,
    std::int64_t last
) {
    query.bind(
        key,
        condition.after,
        condition.before,
        std::string_view(filter.department),
        std::string_view(filter.channel),
        std::string_view(condition.kinds),
        std::string_view(filter.text),
        last,
        std::string_view(filter.ref)
    );
}

}  // namespace touchline::store::sqlite
