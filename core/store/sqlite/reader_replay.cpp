#include "link_rows.hpp"
#include "part_keys.hpp"
#include "sqlite_reader.hpp"

#include <algorithm>
#include <cstring>

namespace touchline::store::sqlite {
namespace {

/// A share of the records, spread evenly over their keys: a full cycle modulo a prime.
constexpr std::int64_t k_cycle = 1'000'003;

#define TOUCHLINE_SELECTED                                       \
    " (?2 = '' OR connection = ?2) AND (?3 = '' OR stream = ?3)" \
    " AND page.at >= ?4 AND page.at < ?5"                        \
    " AND (?6 = 1000003 OR (record.id % 1000003) * 48271 % 1000003 < ?6) "

/// The outer loop goes over records in the order of their keys, whatever the planner would like.
#define TOUCHLINE_RECORDS                                  \
    " FROM record CROSS JOIN source ON source.id = source" \
    " CROSS JOIN page ON page.id = page WHERE record.id > ?1 AND" TOUCHLINE_SELECTED

void bind(Query& query, RecordKey after, const RawSelection& selection) {
    query.bind(
        after,
        std::string_view(selection.connection),
        std::string_view(selection.stream),
        selection.from.value_or(Time::min()),
        selection.until.value_or(Time::max()),
        static_cast<std::int64_t>(std::clamp(selection.share, 0.0, 1.0) * k_cycle)
    );
}

/// Where a record's bytes are.
struct Slice {
    std::int64_t page = 0, start = 0, length = 0;
    std::size_t record = 0;  ///< its index
};

ContentHash hash_in(std::string_view bytes) {
    ContentHash hash{};
    std::memcpy(hash.data(), bytes.data(), std::min(bytes.size(), hash.size()));
    return hash;
}

Replay read_replay(const Query& row) {
    Replay replay;
    replay.key = row.as<ReplayKey>(0);
    replay.selection.connection = row.text(1);
    replay.selection.stream = row.text(2);
    if (!row.is_null(3)) replay.selection.from = row.time(3);
    if (!row.is_null(4)) replay.selection.until = row.time(4);
    replay.selection.share = row.real(5);
    replay.where = row.text(6);
    replay.state = row.as<ReplayState>(7);
    replay.after = row.as<RecordKey>(8);
    replay.total = row.integer(9);
    replay.counts = {
        row.integer(10),
        row.integer(11),
        row.integer(12),
        row.integer(13),
        row.integer(14),
        row.integer(15)};
    replay.started_at = row.time(16);
    if (!row.is_null(17)) replay.finished_at = row.time(17);
    replay.author = row.text(18);
    replay.error = row.text(19);
    return replay;
}

}  // namespace

Result<std::vector<StoredRecord>> SqliteReader::stored_records(
    const RawSelection& selection, RecordKey after, std::size_t limit, std::size_t bytes
) {
    std::vector<StoredRecord> records;
    std::vector<Slice> slices;
    {
        TOUCHLINE_TRY(
            Query query,
            db_.query("SELECT record.id, connection, stream, external_id, version, hash, page.at,"
                      " page, start, length" TOUCHLINE_RECORDS "ORDER BY record.id")
        );
        sqlite::bind(query, after, selection);
        std::size_t gathered = 0;
        while (records.size() < limit && gathered < bytes) {
            TOUCHLINE_TRY(const bool more, query.next());
            if (!more) break;
            records.push_back(
                {query.as<RecordKey>(0),
                 query.text(1),
                 query.text(2),
                 query.text(3),
                 query.text(4),
                 hash_in(query.view(5)),
                 query.time(6),
                 {}}
            );
            slices.push_back(
                {query.integer(7), query.integer(8), query.integer(9), records.size() - 1}
            );
            gathered += static_cast<std::size_t>(slices.back().length);
        }
    }
    // Each page is unpacked once.
    std::stable_sort(slices.begin(), slices.end(), [](const Slice& x, const Slice& y) {
        return x.page < y.page;
    });
    for (const Slice& one : slices) {
        TOUCHLINE_TRY(records[one.record].bytes, slice(one.page, one.start, one.length));
    }
    return records;
}

Result<std::int64_t> SqliteReader::count_records(const RawSelection& selection) {
    TOUCHLINE_TRY(Query query, db_.query("SELECT count(*)" TOUCHLINE_RECORDS));
    sqlite::bind(query, RecordKey::none, selection);
    TOUCHLINE_CHECK(query.next());
    return query.integer(0);
}

Result<std::optional<ContentHash>> SqliteReader::latest_hash(RecordKey key) {
    TOUCHLINE_TRY(Query query, db_.query("SELECT hash FROM record WHERE id = ?1"));
    query.bind(key);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return std::optional<ContentHash>();
    return std::optional(hash_in(query.view(0)));
}

Result<std::vector<RawVolume>> SqliteReader::raw_volume(const RawSelection& selection) {
    TOUCHLINE_CHECK(settle());
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT hour, connection, stream, raw_volume.records FROM raw_volume"
                  " JOIN source ON source.id = source"
                  " WHERE (?1 = '' OR connection = ?1) AND (?2 = '' OR stream = ?2)"
                  " AND hour >= ?3 AND hour < ?4 ORDER BY hour, connection, stream")
    );
    const auto hour = [](Time time) { return std::chrono::floor<std::chrono::hours>(time); };
    query.bind(
        std::string_view(selection.connection),
        std::string_view(selection.stream),
        selection.from ? Time(hour(*selection.from)) : Time::min(),
        selection.until.value_or(Time::max())
    );
    std::vector<RawVolume> volume;
    TOUCHLINE_CHECK(query.each([&] {
        volume.push_back({query.time(0), query.text(1), query.text(2), query.integer(3)});
    }));
    return volume;
}

Result<std::vector<StoredTouchpoint>> SqliteReader::touchpoints_of(RecordKey key) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT id, identity, occurred_at, data FROM touchpoint"
                  " WHERE id BETWEEN ?1 AND ?2 AND retracted_at IS NULL ORDER BY id")
    );
    query.bind(first_key(key), last_key(key));
    std::vector<StoredTouchpoint> found;
    TOUCHLINE_CHECK(query.each([&] {
        found.push_back(
            {query.as<TouchpointKey>(0),
             query.as<IdentityKey>(1),
             query.time(2),
             query.text(3),
             false}
        );
    }));
    return found;
}

Result<std::vector<StoredLink>> SqliteReader::assertions_of(RecordKey key) {
    return links_asserted_by(db_, key);
}

Result<LinkKey> SqliteReader::find_link(const LinkWrite& link) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT id FROM link WHERE a = ?1 AND b = ?2 AND polarity = ?3 AND author = ?4"
                  " AND rule = (SELECT id FROM word WHERE text = ?5) AND ended = 0")
    );
    query.bind(
        std::min(link.a, link.b), std::max(link.a, link.b), link.polarity, link.by, link.rule
    );
    TOUCHLINE_TRY(const bool found, query.next());
    return found ? query.as<LinkKey>(0) : LinkKey::none;
}

Result<std::vector<LinkKey>> SqliteReader::doubted_links(std::size_t limit) {
    TOUCHLINE_TRY(Query query, db_.query("SELECT link FROM doubted_link ORDER BY link LIMIT ?1"));
    query.bind(limit);
    std::vector<LinkKey> links;
    TOUCHLINE_CHECK(query.each([&] { links.push_back(query.as<LinkKey>(0)); }));
    return links;
}

Result<std::optional<Replay>> SqliteReader::replay(ReplayKey key) {
    TOUCHLINE_TRY(Query query, db_.query("SELECT * FROM replay WHERE id = ?1"));
    query.bind(key);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return std::optional<Replay>();
    return std::optional(read_replay(query));
}

Result<std::vector<Replay>> SqliteReader::replays(std::size_t limit) {
    TOUCHLINE_TRY(Query query, db_.query("SELECT * FROM replay ORDER BY id DESC LIMIT ?1"));
    query.bind(limit);
    std::vector<Replay> replays;
    TOUCHLINE_CHECK(query.each([&] { replays.push_back(read_replay(query)); }));
    return replays;
}

}  // namespace touchline::store::sqlite
