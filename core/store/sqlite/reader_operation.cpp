#include "sqlite_reader.hpp"

#include <algorithm>

namespace touchline::store::sqlite {
namespace {

#define TOUCHLINE_DEAD_LETTER_QUERY                                                            \
    "SELECT id, connection, stream, external_id, stage, code, message, place, cure, attempts," \
    " first_at, last_at, length(raw) FROM dead_letter "

DeadLetter read_dead_letter(const Query& row) {
    return {
        row.as<DeadLetterKey>(0),
        row.text(1),
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        row.text(6),
        row.text(7),
        row.text(8),
        row.integer(9),
        row.time(10),
        row.time(11),
        row.integer(12)};
}

Run read_run(const Query& row) {
    return {
        row.text(0),
        row.time(1),
        row.time(2),
        row.integer(3),
        row.integer(4),
        row.integer(5),
        row.text(6),
        row.text(7),
        row.text(8)};
}

#define TOUCHLINE_RUN_QUERY                                               \
    "SELECT connection, started_at, finished_at, records, touchpoints,"   \
    " dead_letters, outcome, error, setup FROM run WHERE connection = ?1" \
    " ORDER BY started_at DESC LIMIT "

}  // namespace

Result<std::optional<SourceKey>> SqliteReader::find_source(
    std::string_view connection, std::string_view stream
) {
    TOUCHLINE_TRY(
        Query query, db_.query("SELECT id FROM source WHERE connection = ?1 AND stream = ?2")
    );
    query.bind(connection, stream);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return std::optional<SourceKey>();
    return std::optional(query.as<SourceKey>(0));
}

Result<Checkpoint> SqliteReader::checkpoint(std::string_view connection, std::string_view stream) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT checkpoint_version, checkpoint, checkpoint_at FROM source"
                  " WHERE connection = ?1 AND stream = ?2")
    );
    query.bind(connection, stream);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return Checkpoint{};
    return Checkpoint{query.as<std::uint32_t>(0), query.text(1), query.time(2)};
}

Result<std::vector<DeadLetter>> SqliteReader::dead_letters(
    std::string_view connection, std::int64_t offset, std::int64_t limit
) {
    TOUCHLINE_TRY(
        Query query,
        connection.empty()
            ? db_.query(TOUCHLINE_DEAD_LETTER_QUERY
                        "WHERE ?1 = '' ORDER BY last_at DESC, id DESC LIMIT ?3 OFFSET ?2")
            : db_.query(TOUCHLINE_DEAD_LETTER_QUERY
                        "WHERE connection = ?1 ORDER BY last_at DESC, id DESC LIMIT ?3 OFFSET ?2")
    );
    query.bind(connection, offset, limit);
    std::vector<DeadLetter> letters;
    TOUCHLINE_CHECK(query.each([&] { letters.push_back(read_dead_letter(query)); }));
    return letters;
}

Result<std::optional<DeadLetter>> SqliteReader::dead_letter(DeadLetterKey key) {
    TOUCHLINE_TRY(Query query, db_.query(TOUCHLINE_DEAD_LETTER_QUERY "WHERE id = ?1"));
    query.bind(key);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return std::optional<DeadLetter>();
    return std::optional(read_dead_letter(query));
}

Result<std::string> SqliteReader::dead_letter_raw(DeadLetterKey key) {
    TOUCHLINE_TRY(Query query, db_.query("SELECT raw FROM dead_letter WHERE id = ?1"));
    query.bind(key);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return Error(Code::not_found, "there is no such dead letter");
    return query.text(0);
}

Result<std::vector<Dropping>> SqliteReader::droppings(std::size_t limit) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT dropping.id, at, count(*), connection, message FROM dropping"
                  " JOIN dropped_letter ON dropping = dropping.id"
                  " GROUP BY dropping.id ORDER BY dropping.id DESC LIMIT ?1")
    );
    query.bind(static_cast<std::int64_t>(limit));
    std::vector<Dropping> found;
    TOUCHLINE_CHECK(query.each([&] {
        found.push_back(
            {query.as<DroppingKey>(0),
             query.time(1),
             query.integer(2),
             query.text(3),
             query.text(4)}
        );
    }));
    return found;
}

Result<ConnectionStats> SqliteReader::connection_stats(std::string_view connection) {
    TOUCHLINE_CHECK(settle());
    TOUCHLINE_TRY(
        Query totals,
        db_.query("SELECT sum(records), max(newest),"
                  " (SELECT count(*) FROM dead_letter WHERE connection = ?1)"
                  " FROM source WHERE connection = ?1")
    );
    totals.bind(connection);
    TOUCHLINE_CHECK(totals.next());
    ConnectionStats stats;
    stats.records = totals.integer(0);
    if (!totals.is_null(1)) stats.newest_record = totals.time(1);
    stats.dead_letters = totals.integer(2);

    TOUCHLINE_TRY(Query last, db_.query(TOUCHLINE_RUN_QUERY "1"));
    last.bind(connection);
    TOUCHLINE_TRY(const bool ran, last.next());
    if (ran) stats.last_run = read_run(last);

    TOUCHLINE_TRY(
        Query success,
        db_.query("SELECT max(finished_at) FROM run WHERE connection = ?1 AND outcome = 'ok'")
    );
    success.bind(connection);
    TOUCHLINE_CHECK(success.next());
    if (!success.is_null(0)) stats.last_success = success.time(0);
    // One that stays has not ended, and is good as long as it is there.
    if (stats.last_run && stats.last_run->outcome == "live")
        stats.last_success =
            std::max(stats.last_success.value_or(Time()), stats.last_run->finished_at);
    return stats;
}

Result<std::vector<Run>> SqliteReader::runs(std::string_view connection, std::size_t limit) {
    TOUCHLINE_TRY(Query query, db_.query(TOUCHLINE_RUN_QUERY "?2"));
    query.bind(connection, limit);
    std::vector<Run> runs;
    TOUCHLINE_CHECK(query.each([&] { runs.push_back(read_run(query)); }));
    return runs;
}

Result<std::vector<DeadLetter>> SqliteReader::recordless_dead_letters(
    const RawSelection& selection, DeadLetterKey after, std::size_t limit
) {
    TOUCHLINE_TRY(
        Query query,
        db_.query(TOUCHLINE_DEAD_LETTER_QUERY
                  "WHERE id > ?1 AND external_id = '' AND (?2 = '' OR connection = ?2)"
                  " AND (?3 = '' OR stream = ?3) AND first_at >= ?4 AND first_at < ?5"
                  " ORDER BY id LIMIT ?6")
    );
    query.bind(
        after,
        std::string_view(selection.connection),
        std::string_view(selection.stream),
        selection.from.value_or(Time::min()),
        selection.until.value_or(Time::max()),
        limit
    );
    std::vector<DeadLetter> letters;
    TOUCHLINE_CHECK(query.each([&] { letters.push_back(read_dead_letter(query)); }));
    return letters;
}

Result<std::vector<InboxItem>> SqliteReader::inbox(std::string_view connection, std::size_t limit) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT id, connection, stream, headers, body, received_at FROM inbox"
                  " WHERE connection = ?1 ORDER BY id LIMIT ?2")
    );
    query.bind(connection, limit);
    std::vector<InboxItem> items;
    TOUCHLINE_CHECK(query.each([&] {
        items.push_back(
            {query.as<InboxKey>(0),
             query.text(1),
             query.text(2),
             query.text(3),
             query.text(4),
             query.time(5)}
        );
    }));
    return items;
}

Result<Counts> SqliteReader::counts() {
    TOUCHLINE_CHECK(settle());
    // Identities and customers are never deleted, so their last key is their number.
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT (SELECT sum(records) FROM source), (SELECT sum(touchpoints) FROM source),"
                  " (SELECT max(id) FROM identity), (SELECT max(id) FROM customer),"
                  " (SELECT value FROM total WHERE name = 'links'),"
                  " (SELECT count(*) FROM dead_letter)")
    );
    TOUCHLINE_CHECK(query.next());
    Counts counts;
    counts.records = query.integer(0);
    counts.touchpoints = query.integer(1);
    counts.identities = query.integer(2);
    counts.customers = query.integer(3);
    counts.links = query.integer(4);
    counts.dead_letters = query.integer(5);
    return counts;
}

}  // namespace touchline::store::sqlite
