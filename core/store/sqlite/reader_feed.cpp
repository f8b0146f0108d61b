#include "feed_block.hpp"
#include "sqlite_reader.hpp"

#include <map>

namespace touchline::store::sqlite {

namespace {

/// The texts of the few types that a stretch of the feed has.
class Types {
public:
    explicit Types(Connection& db) : db_(db) {}

    Result<std::string> text(WordKey key) {
        if (const auto found = known_.find(key); found != known_.end()) return found->second;
        TOUCHLINE_TRY(Query query, db_.query("SELECT text FROM word WHERE id = ?1"));
        query.bind(key);
        TOUCHLINE_CHECK(query.next());
        return known_[key] = query.text(0);
    }

private:
    Connection& db_;
    std::map<WordKey, std::string> known_;
};

Error damaged_block() {
    return Error(Code::config, "a stored block of the feed is damaged")
        .cure("Put back the last backup of the store.");
}

}  // namespace

Result<std::vector<FeedEntry>> SqliteReader::feed_after(FeedPosition position, std::size_t limit) {
    TOUCHLINE_CHECK(settle());
    // From the block that holds the next position, or the first one behind a gap.
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT position, at, entries FROM feed WHERE position >= ifnull("
                  "(SELECT max(position) FROM feed WHERE position <= ?1 + 1), 0) ORDER BY position")
    );
    query.bind(position);
    Types types(db_);
    std::vector<FeedEntry> entries;
    while (entries.size() < limit) {
        TOUCHLINE_TRY(const bool more, query.next());
        if (!more) break;
        FeedBlockReader block(query.view(2));
        for (FeedPosition at = query.integer(0); !block.at_end() && entries.size() < limit; ++at) {
            const auto entry = block.next();
            if (!entry) return damaged_block();
            if (at <= position) continue;
            TOUCHLINE_TRY(std::string type, types.text(entry->type));
            entries.push_back(
                {at,
                 query.time(1),
                 std::move(type),
                 entry->customer,
                 entry->touchpoint,
                 std::string(entry->data)}
            );
        }
    }
    return entries;
}

Result<FeedPosition> SqliteReader::feed_head() {
    TOUCHLINE_CHECK(settle());
    return db_.integer("SELECT position + count - 1 FROM feed ORDER BY position DESC LIMIT 1");
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
