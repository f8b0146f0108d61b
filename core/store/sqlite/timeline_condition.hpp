// A timeline's filter as its queries take it.
#pragma once

#include "connection.hpp"

#include "touchline/store/rows.hpp"

#include <limits>

namespace touchline::store::sqlite {

/// Everything but text is decided inside the timeline's index.
struct TimelineCondition {
    std::string sql;  ///< after "WHERE timeline.identity = ?1"
    std::string text;
    std::int64_t after = std::numeric_limits<std::int64_t>::min();
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    std::string kinds;
    bool is_everything = false;
};

Result<TimelineCondition> condition_of(Connection& db, const TimelineFilter& filter);

/// Binds ?1 to ?9: the identity, the filter, and as ?8 what the query takes `last` for.
void bind_condition(
    Query& query,
    IdentityKey key,
    const TimelineFilter& filter,
    const TimelineCondition& condition,
    std::int64_t last
);

}  // namespace touchline::store::sqlite
