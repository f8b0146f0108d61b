#include "write_operation.hpp"

#include "touchline/base/digest.hpp"

namespace touchline::store::sqlite {

Result<std::int64_t> put_dead_letters(
    Writer& writer, std::span<const DeadLetterWrite> letters, Time at
) {
    std::int64_t fresh = 0;
    TOUCHLINE_TRY(
        Query insert,
        writer.db.query("INSERT INTO dead_letter(connection, stream, external_id, stage, code,"
                        " message, place, cure, first_at, last_at, hash, raw)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10, ?11)"
                        " ON CONFLICT(connection, stream, external_id, stage, hash) DO UPDATE SET"
                        " attempts = attempts + 1, last_at = excluded.last_at,"
                        " code = excluded.code, message = excluded.message,"
                        " place = excluded.place, cure = excluded.cure RETURNING attempts")
    );
    for (const DeadLetterWrite& letter : letters) {
        const Digest digest = sha256(letter.raw);
        insert.bind(
            letter.connection,
            letter.stream,
            letter.external_id,
            letter.stage,
            letter.code,
            letter.message,
            letter.place,
            letter.cure,
            at,
            Bytes(digest).first(sizeof(ContentHash)),
            bytes_of(letter.raw)
        );
        TOUCHLINE_CHECK(insert.next());
        if (insert.integer(0) == 1) ++fresh;
        insert.reset();
    }
    return fresh;
}

Result<std::int64_t> clear_dead_letters(
    Writer& writer,
    std::string_view connection,
    std::string_view stream,
    std::string_view external_id
) {
    TOUCHLINE_TRY(
        Query query,
        writer.db.query("DELETE FROM dead_letter"
                        " WHERE connection = ?1 AND stream = ?2 AND external_id = ?3")
    );
    TOUCHLINE_CHECK(query.bind(connection, stream, external_id).run());
    return writer.db.changes();
}

Result<void> drop_dead_letter(Writer& writer, DeadLetterKey key) {
    TOUCHLINE_TRY(Query query, writer.db.query("DELETE FROM dead_letter WHERE id = ?1"));
    TOUCHLINE_CHECK(query.bind(key).run());
    if (writer.db.changes() == 0) return Error(Code::not_found, "there is no such dead letter");
    return {};
}

Result<void> put_checkpoint(
    Writer& writer, SourceKey source, std::uint32_t version, std::string_view state, Time at
) {
    TOUCHLINE_TRY(
        Query query,
        writer.db.query("UPDATE source SET checkpoint_version = ?2, checkpoint = ?3,"
                        " checkpoint_at = ?4 WHERE id = ?1")
    );
    TOUCHLINE_CHECK(query.bind(source, version, state, at).run());
    if (writer.db.changes() == 0) return Error(Code::not_found, "there is no such source");
    return {};
}

Result<void> put_run(Writer& writer, const Run& run) {
    TOUCHLINE_TRY(
        Query query,
        writer.db.query("INSERT OR REPLACE INTO run(connection, started_at, finished_at, records,"
                        " touchpoints, dead_letters, outcome, error, setup)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
    );
    query.bind(
        std::string_view(run.connection),
        run.started_at,
        run.finished_at,
        run.records,
        run.touchpoints,
        run.dead_letters,
        std::string_view(run.outcome),
        std::string_view(run.error),
        std::string_view(run.setup)
    );
    return query.run();
}

Result<InboxKey> put_inbox(Writer& writer, const InboxItem& item) {
    TOUCHLINE_TRY(
        Query query,
        writer.db.query("INSERT INTO inbox(connection, stream, headers, body, received_at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5)")
    );
    query.bind(
        std::string_view(item.connection),
        std::string_view(item.stream),
        std::string_view(item.headers),
        bytes_of(item.body),
        item.received_at
    );
    TOUCHLINE_CHECK(query.run());
    return static_cast<InboxKey>(writer.db.last_key());
}

Result<void> remove_inbox(Writer& writer, InboxKey key) {
    TOUCHLINE_TRY(Query query, writer.db.query("DELETE FROM inbox WHERE id = ?1"));
    return query.bind(key).run();
}

}  // namespace touchline::store::sqlite
