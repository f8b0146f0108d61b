#include "write_touchpoints.hpp"

#include "part_keys.hpp"

#include <algorithm>

namespace touchline::store::sqlite {
namespace {

class TouchpointWriter {
public:
    explicit TouchpointWriter(Writer& writer) : writer_(writer) {}

    Result<TouchpointWritten> put(const TouchpointWrite& row) {
        TOUCHLINE_TRY(const std::int64_t key, key_of(row.record, row.part));
        TimelineRow place{row.identity, row.occurred_at, key};
        TOUCHLINE_TRY(place.kind, writer_.word(row.kind));
        TOUCHLINE_TRY(place.channel, writer_.word(row.channel));
        TOUCHLINE_TRY(place.department, writer_.word(row.department));
        TOUCHLINE_TRY(const SourceKey source, writer_.source_of(row.record));
        TOUCHLINE_TRY(const bool inserted, insert(row, place));
        if (!inserted) {
            TOUCHLINE_TRY(const bool changed, update(row, place, source));
            if (!changed) return TouchpointWritten{static_cast<TouchpointKey>(key), false};
        } else {
            writer_.gathered.count_touchpoints(source, 1);
        }
        writer_.gathered.add(place);
        if (row.annotated) TOUCHLINE_CHECK(annotate(place));
        if (!row.number.empty()) TOUCHLINE_CHECK(number(row.number, key));
        if (!row.privacy.empty()) TOUCHLINE_CHECK(classify(place, row.privacy));
        writer_.gathered.occurred(source, row.occurred_at);
        TOUCHLINE_CHECK(writer_.note_source(row.identity, source));
        return TouchpointWritten{static_cast<TouchpointKey>(key), true};
    }

private:
    Result<std::int64_t> key_of(RecordKey record, std::string_view part) {
        if (part.empty()) return first_key(record);
        TOUCHLINE_TRY(
            Query find,
            writer_.db.query("SELECT ordinal FROM touchpoint_part WHERE record = ?1 AND part = ?2")
        );
        find.bind(record, part);
        TOUCHLINE_TRY(const bool found, find.next());
        if (found) return first_key(record) + find.integer(0);
        TOUCHLINE_TRY(
            Query insert,
            writer_.db.query(
                "INSERT INTO touchpoint_part SELECT ?1, ?2, ifnull(max(ordinal), 0) + 1"
                " FROM touchpoint_part WHERE record = ?1 RETURNING ordinal"
            )
        );
        insert.bind(record, part);
        TOUCHLINE_CHECK(insert.next());
        const std::int64_t ordinal = insert.integer(0);
        if (ordinal >= k_places) {
            return Error(
                       Code::bad_data,
                       "a record yields more than " + std::to_string(k_places - 1) + " touchpoints"
            )
                .cure("Split the record in the mapping, or map fewer of its parts.");
        }
        return first_key(record) + ordinal;
    }

    Result<bool> insert(const TouchpointWrite& row, const TimelineRow& place) {
        TOUCHLINE_TRY(
            Query query,
            writer_.db.query("INSERT INTO touchpoint(id, identity, occurred_at, kind, channel,"
                             " department, direction, data)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING")
        );
        query.bind(
            place.touchpoint,
            row.identity,
            row.occurred_at,
            place.kind,
            place.channel,
            place.department,
            row.direction,
            row.data
        );
        TOUCHLINE_CHECK(query.run());
        return writer_.db.changes() == 1;
    }

    /// False when the same was there already.
    Result<bool> update(const TouchpointWrite& row, const TimelineRow& place, SourceKey source) {
        TOUCHLINE_TRY(
            Query find,
            writer_.db.query("SELECT identity, occurred_at, kind, channel, department, direction,"
                             " retracted_at, data FROM touchpoint WHERE id = ?1")
        );
        find.bind(place.touchpoint);
        TOUCHLINE_CHECK(find.next());
        const TimelineRow old{find.as<IdentityKey>(0), find.time(1), place.touchpoint};
        const bool was_live = find.is_null(6);
        const bool same = old.identity == row.identity && old.occurred_at == row.occurred_at &&
                          find.as<WordKey>(2) == place.kind &&
                          find.as<WordKey>(3) == place.channel &&
                          find.as<WordKey>(4) == place.department &&
                          find.as<model::Direction>(5) == row.direction;
        const bool same_data = find.view(7) == row.data;
        const bool says_the_same =
            same_data || (!row.said.empty() && find.view(7).starts_with(row.said));
        find.reset();
        if (was_live && same && same_data) return false;
        if (was_live && same && says_the_same) return renew(row, place.touchpoint);
        if (was_live) {
            TOUCHLINE_CHECK(writer_.gathered.remove(old));
        } else {
            writer_.gathered.count_touchpoints(source, 1);
        }
        TOUCHLINE_TRY(
            Query update,
            writer_.db.query("UPDATE touchpoint SET identity = ?2, occurred_at = ?3, kind = ?4,"
                             " channel = ?5, department = ?6, direction = ?7, data = ?8,"
                             " retracted_at = NULL WHERE id = ?1")
        );
        update.bind(
            place.touchpoint,
            row.identity,
            row.occurred_at,
            place.kind,
            place.channel,
            place.department,
            row.direction,
            row.data
        );
        TOUCHLINE_CHECK(update.run());
        return true;
    }

    Result<void> annotate(const TimelineRow& place) {
        TOUCHLINE_TRY(
            Query insert, writer_.db.query("INSERT OR IGNORE INTO annotated VALUES (?1, ?2, ?3)")
        );
        return insert.bind(place.identity, place.occurred_at, place.touchpoint).run();
    }

    Result<void> number(std::string_view number, std::int64_t key) {
        TOUCHLINE_TRY(
            Query insert, writer_.db.query("INSERT OR IGNORE INTO numbered VALUES (?1, ?2)")
        );
        return insert.bind(number, key).run();
    }

    Result<void> classify(const TimelineRow& place, std::string_view privacy) {
        TOUCHLINE_TRY(const WordKey word, writer_.word(privacy));
        TOUCHLINE_TRY(
            Query insert, writer_.db.query("INSERT OR REPLACE INTO classified VALUES (?1, ?2, ?3)")
        );
        return insert.bind(place.identity, place.touchpoint, word).run();
    }

    /// The same touchpoint out of a later version of its record: only where it came from is written
    /// anew.
    Result<bool> renew(const TouchpointWrite& row, std::int64_t key) {
        TOUCHLINE_TRY(
            Query renew, writer_.db.query("UPDATE touchpoint SET data = ?2 WHERE id = ?1")
        );
        TOUCHLINE_CHECK(renew.bind(key, row.data).run());
        return false;
    }

    Writer& writer_;
};

Result<std::vector<TimelineRow>> live_parts(
    Writer& writer, RecordKey record, std::span<const std::string_view> keep
) {
    TOUCHLINE_TRY(
        Query query,
        writer.db.query("SELECT touchpoint.id, identity, occurred_at, ifnull(part, '')"
                        " FROM touchpoint LEFT JOIN touchpoint_part"
                        " ON record = ?3 AND ordinal = touchpoint.id - ?1"
                        " WHERE touchpoint.id BETWEEN ?1 AND ?2 AND retracted_at IS NULL")
    );
    query.bind(first_key(record), last_key(record), record);
    std::vector<TimelineRow> leaving;
    TOUCHLINE_CHECK(query.each([&] {
        if (std::find(keep.begin(), keep.end(), query.view(3)) != keep.end()) return;
        leaving.push_back({query.as<IdentityKey>(1), query.time(2), query.integer(0)});
    }));
    return leaving;
}

}  // namespace

Result<std::vector<TouchpointWritten>> put_touchpoints(
    Writer& writer, std::span<const TouchpointWrite> rows, Time
) {
    TouchpointWriter touchpoints(writer);
    std::vector<TouchpointWritten> written;
    written.reserve(rows.size());
    for (const TouchpointWrite& row : rows) {
        TOUCHLINE_TRY(written.emplace_back(), touchpoints.put(row));
    }
    return written;
}

Result<std::vector<TouchpointKey>> retract_parts(
    Writer& writer, RecordKey record, std::span<const std::string_view> keep, Time at
) {
    TOUCHLINE_TRY(const std::vector<TimelineRow> leaving, live_parts(writer, record, keep));
    std::vector<TouchpointKey> keys;
    if (leaving.empty()) return keys;
    TOUCHLINE_TRY(const SourceKey source, writer.source_of(record));
    TOUCHLINE_TRY(
        Query update, writer.db.query("UPDATE touchpoint SET retracted_at = ?2 WHERE id = ?1")
    );
    for (const TimelineRow& row : leaving) {
        TOUCHLINE_CHECK(writer.gathered.remove(row));
        TOUCHLINE_CHECK(update.bind(row.touchpoint, at).run());
        writer.gathered.count_touchpoints(source, -1);
        keys.push_back(static_cast<TouchpointKey>(row.touchpoint));
    }
    return keys;
}

Result<void> put_pin(Writer& writer, const Pin& pin) {
    TOUCHLINE_TRY(Query query, writer.db.query("INSERT OR REPLACE INTO pin VALUES (?1, ?2, ?3)"));
    return query.bind(pin.touchpoint, std::string_view(pin.author), pin.at).run();
}

Result<void> remove_pin(Writer& writer, TouchpointKey touchpoint) {
    TOUCHLINE_TRY(Query query, writer.db.query("DELETE FROM pin WHERE touchpoint = ?1"));
    return query.bind(touchpoint).run();
}

}  // namespace touchline::store::sqlite
