#include "write_replay.hpp"

namespace touchline::store::sqlite {

Result<void> put_assertions(Writer& writer, RecordKey record, std::span<const LinkKey> links) {
    TOUCHLINE_TRY(Query clear, writer.db.query("DELETE FROM assertion WHERE record = ?1"));
    TOUCHLINE_CHECK(clear.bind(record).run());
    TOUCHLINE_TRY(Query insert, writer.db.query("INSERT OR IGNORE INTO assertion VALUES (?1, ?2)"));
    for (const LinkKey link : links) TOUCHLINE_CHECK(insert.bind(record, link).run());
    return {};
}

Result<void> doubt_link(Writer& writer, LinkKey link) {
    TOUCHLINE_TRY(Query query, writer.db.query("INSERT OR IGNORE INTO doubted_link VALUES (?1)"));
    return query.bind(link).run();
}

Result<void> settle_doubt(Writer& writer, LinkKey link) {
    TOUCHLINE_TRY(Query query, writer.db.query("DELETE FROM doubted_link WHERE link = ?1"));
    return query.bind(link).run();
}

Result<ReplayKey> put_replay(Writer& writer, const Replay& replay) {
    TOUCHLINE_TRY(
        Query query,
        writer.db.query("INSERT OR REPLACE INTO replay VALUES (nullif(?1, 0), ?2, ?3, ?4, ?5, ?6,"
                        " ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)")
    );
    query.bind(
        replay.key,
        std::string_view(replay.selection.connection),
        std::string_view(replay.selection.stream),
        replay.selection.from,
        replay.selection.until,
        replay.selection.share,
        std::string_view(replay.where),
        replay.state,
        replay.after,
        replay.total,
        replay.counts.records,
        replay.counts.added,
        replay.counts.changed,
        replay.counts.removed,
        replay.counts.mended,
        replay.counts.failed,
        replay.started_at,
        replay.finished_at,
        std::string_view(replay.author),
        std::string_view(replay.error)
    );
    TOUCHLINE_CHECK(query.run());
    return replay.key == ReplayKey::none ? static_cast<ReplayKey>(writer.db.last_key())
                                         : replay.key;
}

}  // namespace touchline::store::sqlite
