#include "sqlite_reader.hpp"

namespace touchline::store::sqlite {

Result<std::vector<FeedEntry>> SqliteReader::feed_after(FeedPosition position, std::size_t limit) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT position, at, word.text, customer, touchpoint, data"
                  " FROM feed JOIN word ON word.id = type"
                  " WHERE position > ?1 ORDER BY position LIMIT ?2")
    );
    query.bind(position, limit);
    std::vector<FeedEntry> entries;
    TOUCHLINE_CHECK(query.each([&] {
        entries.push_back(
            {query.integer(0),
             query.time(1),
             query.text(2),
             query.as<CustomerKey>(3),
             query.as<TouchpointKey>(4),
             query.text(5)}
        );
    }));
    return entries;
}

Result<FeedPosition> SqliteReader::feed_head() {
    return db_.integer("SELECT max(position) FROM feed");
}

Result<DestinationState> SqliteReader::destination(std::string_view destination) {
    TOUCHLINE_TRY(
        Query query, db_.query("SELECT cursor, enabled, reason FROM destination WHERE name = ?1")
    );
    query.bind(destination);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return DestinationState{};
    return DestinationState{query.integer(0), query.integer(1) != 0, query.text(2)};
}

Result<std::vector<Parked>> SqliteReader::parked(std::string_view destination) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT position, customer, attempts, next_at, error FROM parked"
                  " WHERE destination = ?1 ORDER BY position")
    );
    query.bind(destination);
    std::vector<Parked> all;
    TOUCHLINE_CHECK(query.each([&] {
        all.push_back(
            {query.integer(0),
             query.as<CustomerKey>(1),
             query.as<std::uint32_t>(2),
             query.time(3),
             query.text(4)}
        );
    }));
    return all;
}

}  // namespace touchline::store::sqlite
