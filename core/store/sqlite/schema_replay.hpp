// What replays stand on: who asserts which link, what arrived when, and how far a replay is.
#pragma once

namespace touchline::store::sqlite {

/// Of links from before only the first record that says so is known; the others join it when they
/// are read again.
inline constexpr const char* k_schema_replay = R"sql(
CREATE TABLE assertion(
    record INTEGER NOT NULL, link INTEGER NOT NULL, PRIMARY KEY(record, link)) WITHOUT ROWID;
INSERT INTO assertion SELECT evidence, link.id FROM link JOIN word ON word.id = rule
    WHERE author = 0 AND ended = 0 AND evidence <> 0
    AND text NOT IN ('same_event@1', 'verified_event@1', 'inferred_event@1');
UPDATE link SET support = 1 WHERE id IN (SELECT link FROM assertion);

-- Links that a touchpoint stated and does not state any more.
CREATE TABLE doubted_link(link INTEGER PRIMARY KEY);

-- hour: when it begins, as all times.
CREATE TABLE raw_volume(
    source INTEGER NOT NULL, hour INTEGER NOT NULL, records INTEGER NOT NULL,
    PRIMARY KEY(source, hour)) WITHOUT ROWID;
INSERT INTO raw_volume
    SELECT source, at - at % 3600000000, count(*) FROM
    (SELECT source, page FROM record UNION ALL
     SELECT source, record_version.page FROM record_version JOIN record ON record.id = record)
    JOIN page ON page.id = page GROUP BY 1, 2;

-- state: see ReplayState.
CREATE TABLE replay(
    id INTEGER PRIMARY KEY, connection TEXT NOT NULL, stream TEXT NOT NULL, first INTEGER,
    until INTEGER, share REAL NOT NULL, filter TEXT NOT NULL, state INTEGER NOT NULL,
    after INTEGER NOT NULL, total INTEGER NOT NULL, records INTEGER NOT NULL,
    added INTEGER NOT NULL, changed INTEGER NOT NULL, removed INTEGER NOT NULL,
    mended INTEGER NOT NULL, failed INTEGER NOT NULL, started_at INTEGER NOT NULL,
    finished_at INTEGER, author TEXT NOT NULL, error TEXT NOT NULL);

ALTER TABLE run ADD COLUMN setup TEXT NOT NULL DEFAULT '';
)sql";

}  // namespace touchline::store::sqlite
