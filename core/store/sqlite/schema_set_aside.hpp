// Dead letters that people dropped and may want back, and the touchpoints that not everybody reads.
#pragma once

namespace touchline::store::sqlite {

inline constexpr const char* k_schema_set_aside = R"sql(
-- dropping: what was dropped at once comes back at once.
CREATE TABLE dropped_letter(
    id INTEGER PRIMARY KEY, dropping INTEGER NOT NULL, connection TEXT NOT NULL,
    stream TEXT NOT NULL, external_id TEXT NOT NULL, stage TEXT NOT NULL, code TEXT NOT NULL,
    message TEXT NOT NULL, place TEXT NOT NULL, cure TEXT NOT NULL, attempts INTEGER NOT NULL,
    first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, hash BLOB NOT NULL, raw BLOB NOT NULL);
CREATE INDEX dropped_letter_dropping ON dropped_letter(dropping);
CREATE TABLE dropping(id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL);

-- What a filter finds has to be known without reading all of it.
CREATE TABLE classified(
    identity INTEGER NOT NULL, touchpoint INTEGER NOT NULL, privacy INTEGER NOT NULL,
    PRIMARY KEY(identity, touchpoint)) WITHOUT ROWID;
INSERT OR IGNORE INTO word(text) SELECT DISTINCT data ->> '$.privacy.class' FROM touchpoint
    WHERE instr(data, '"privacy":') AND data ->> '$.privacy.class' <> '';
INSERT INTO classified SELECT identity, touchpoint.id, word.id FROM touchpoint
    JOIN word ON word.text = data ->> '$.privacy.class'
    WHERE retracted_at IS NULL AND instr(data, '"privacy":');
)sql";

}  // namespace touchline::store::sqlite
