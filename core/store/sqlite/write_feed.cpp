#include "write_feed.hpp"

namespace touchline::store::sqlite {

Result<void> append_feed(Writer& writer, std::span<const FeedWrite> entries, Time at) {
    for (const FeedWrite& entry : entries) {
        TOUCHLINE_TRY(const WordKey type, writer.word(entry.type));
        TOUCHLINE_CHECK(writer.gathered.append(type, entry, at));
    }
    return {};
}

Result<void> set_destination(
    Writer& writer, std::string_view destination, const DestinationState& state
) {
    TOUCHLINE_TRY(
        Query query, writer.db.query("INSERT OR REPLACE INTO destination VALUES (?1, ?2, ?3, ?4)")
    );
    query.bind(destination, state.cursor, state.enabled, std::string_view(state.reason));
    return query.run();
}

Result<void> park(Writer& writer, std::string_view destination, const Parked& parked) {
    TOUCHLINE_TRY(
        Query query,
        writer.db.query("INSERT OR REPLACE INTO parked VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
    );
    query.bind(
        destination,
        parked.position,
        parked.customer,
        parked.attempts,
        parked.next_at,
        std::string_view(parked.error)
    );
    return query.run();
}

Result<void> unpark(Writer& writer, std::string_view destination, FeedPosition position) {
    TOUCHLINE_TRY(
        Query query, writer.db.query("DELETE FROM parked WHERE destination = ?1 AND position = ?2")
    );
    return query.bind(destination, position).run();
}

}  // namespace touchline::store::sqlite
