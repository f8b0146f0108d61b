// The versions of the schema. Every key ascends, so that tables grow at their end; what has to be
// found by something else has exactly one index for it.
#pragma once

namespace touchline::store::sqlite {

inline constexpr const char* k_schema_1 = R"sql(
-- Words of small vocabularies: kinds, channels, departments, namespaces, connections, rules, fields.
CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

CREATE TABLE source(
    id INTEGER PRIMARY KEY, connection TEXT NOT NULL, stream TEXT NOT NULL,
    records INTEGER NOT NULL DEFAULT 0, touchpoints INTEGER NOT NULL DEFAULT 0, newest INTEGER,
    checkpoint_version INTEGER NOT NULL DEFAULT 0, checkpoint_at INTEGER NOT NULL DEFAULT 0,
    checkpoint BLOB NOT NULL DEFAULT '',
    UNIQUE(connection, stream));

-- A page as a source sent it, one zstd frame.
CREATE TABLE page(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, data BLOB NOT NULL);

CREATE TABLE record(
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, external_id TEXT NOT NULL,
    hash BLOB NOT NULL, version TEXT NOT NULL,
    page INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL,
    UNIQUE(source, external_id));

-- Where superseded and late versions are. The latest is in `record`, so most records have no row here.
CREATE TABLE record_version(
    id INTEGER PRIMARY KEY, record INTEGER NOT NULL, stale INTEGER NOT NULL,
    hash BLOB NOT NULL, version TEXT NOT NULL,
    page INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL);
CREATE INDEX record_version_record ON record_version(record);

CREATE TABLE identity(
    id INTEGER PRIMARY KEY, ns INTEGER NOT NULL, value TEXT NOT NULL, strength INTEGER NOT NULL,
    customer INTEGER NOT NULL DEFAULT 0, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
    UNIQUE(ns, value));
CREATE INDEX identity_customer ON identity(customer) WHERE customer <> 0;

CREATE TABLE identity_source(
    identity INTEGER NOT NULL, connection INTEGER NOT NULL, PRIMARY KEY(identity, connection)
) WITHOUT ROWID;

CREATE TABLE search_term(
    term TEXT NOT NULL, identity INTEGER NOT NULL, PRIMARY KEY(term, identity)
) WITHOUT ROWID;

CREATE TABLE customer(
    id INTEGER PRIMARY KEY, public_id TEXT NOT NULL UNIQUE, anchor INTEGER NOT NULL,
    alias_of INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL);
CREATE INDEX customer_alias ON customer(alias_of) WHERE alias_of <> 0;

-- The key holds the record and the ordinal of the part (see part_keys.hpp): that is the uniqueness.
CREATE TABLE touchpoint(
    id INTEGER PRIMARY KEY, identity INTEGER NOT NULL, occurred_at INTEGER NOT NULL,
    kind INTEGER NOT NULL, channel INTEGER NOT NULL, department INTEGER NOT NULL,
    direction INTEGER NOT NULL, retracted_at INTEGER, data TEXT NOT NULL);
CREATE TABLE touchpoint_part(
    record INTEGER NOT NULL, part TEXT NOT NULL, ordinal INTEGER NOT NULL,
    PRIMARY KEY(record, part)) WITHOUT ROWID;
-- The index of live touchpoints; a table of its own, so that a transaction can fill it in order.
CREATE TABLE timeline(
    identity INTEGER NOT NULL, occurred_at INTEGER NOT NULL, touchpoint INTEGER NOT NULL,
    department INTEGER NOT NULL, kind INTEGER NOT NULL, channel INTEGER NOT NULL,
    PRIMARY KEY(identity, occurred_at, touchpoint)) WITHOUT ROWID;
-- How many rows of it an identity has: busy ones would take long to count.
CREATE TABLE timeline_length(identity INTEGER PRIMARY KEY, touchpoints INTEGER NOT NULL);

-- The key holds the record and the fact's place in it.
CREATE TABLE fact(
    id INTEGER PRIMARY KEY, identity INTEGER NOT NULL, field INTEGER NOT NULL, value TEXT NOT NULL,
    grp TEXT NOT NULL, observed_at INTEGER NOT NULL);
CREATE INDEX fact_identity ON fact(identity);

-- ended: 0 while live, then the link's own key, so that one link of a kind is live and any number
-- were.
CREATE TABLE link(
    id INTEGER PRIMARY KEY, a INTEGER NOT NULL, b INTEGER NOT NULL, polarity INTEGER NOT NULL,
    author INTEGER NOT NULL, rule INTEGER NOT NULL, score REAL, evidence INTEGER NOT NULL,
    support INTEGER NOT NULL DEFAULT 1, asserted_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    retracted_at INTEGER, reason TEXT NOT NULL, ended INTEGER NOT NULL DEFAULT 0,
    UNIQUE(a, b, polarity, author, rule, ended));
CREATE INDEX link_b ON link(b);

-- Blocks of entries (see feed_block.hpp); the key is the position of the first of them.
CREATE TABLE feed(
    position INTEGER PRIMARY KEY, at INTEGER NOT NULL, count INTEGER NOT NULL,
    entries BLOB NOT NULL);

CREATE TABLE dead_letter(
    id INTEGER PRIMARY KEY, connection TEXT NOT NULL, stream TEXT NOT NULL,
    external_id TEXT NOT NULL, stage TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,
    place TEXT NOT NULL, cure TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 1,
    first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, hash BLOB NOT NULL, raw BLOB NOT NULL,
    UNIQUE(connection, stream, external_id, stage, hash));
CREATE INDEX dead_letter_connection ON dead_letter(connection, last_at);
CREATE INDEX dead_letter_last ON dead_letter(last_at);

CREATE TABLE run(
    id INTEGER PRIMARY KEY, connection TEXT NOT NULL, started_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL, records INTEGER NOT NULL, touchpoints INTEGER NOT NULL,
    dead_letters INTEGER NOT NULL, outcome TEXT NOT NULL, error TEXT NOT NULL,
    UNIQUE(connection, started_at));
CREATE INDEX run_success ON run(connection, finished_at) WHERE outcome = 'ok';

CREATE TABLE inbox(
    id INTEGER PRIMARY KEY AUTOINCREMENT, connection TEXT NOT NULL, stream TEXT NOT NULL,
    headers TEXT NOT NULL, body BLOB NOT NULL, received_at INTEGER NOT NULL);
CREATE INDEX inbox_connection ON inbox(connection);

CREATE TABLE destination(
    name TEXT PRIMARY KEY, cursor INTEGER NOT NULL, enabled INTEGER NOT NULL, reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE parked(
    destination TEXT NOT NULL, position INTEGER NOT NULL, customer INTEGER NOT NULL,
    attempts INTEGER NOT NULL, next_at INTEGER NOT NULL, error TEXT NOT NULL,
    PRIMARY KEY(destination, position)) WITHOUT ROWID;

-- Numbers that would take a walk over a table to count.
CREATE TABLE total(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO total VALUES ('links', 0);
)sql";

/// Values that too many share are not passed through, but for what agents (author 2) say of them.
inline constexpr const char* k_schema_2 = R"sql(
ALTER TABLE identity ADD COLUMN shared INTEGER NOT NULL DEFAULT 0;
CREATE INDEX link_agent_a ON link(a) WHERE author = 2 AND ended = 0;
CREATE INDEX link_agent_b ON link(b) WHERE author = 2 AND ended = 0;

-- What facts say of whom an identity stands for, ready to be compared, and the keys it is found by.
CREATE TABLE profile(identity INTEGER PRIMARY KEY, text TEXT NOT NULL, keys BLOB NOT NULL);
CREATE TABLE profile_key(
    key INTEGER NOT NULL, identity INTEGER NOT NULL, PRIMARY KEY(key, identity)) WITHOUT ROWID;
-- Identities whose facts changed since their profile was made.
CREATE TABLE profile_due(identity INTEGER PRIMARY KEY);
CREATE TABLE matching_model(
    id INTEGER PRIMARY KEY, version TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL);

-- state: see ReviewState.
CREATE TABLE review(
    id INTEGER PRIMARY KEY, a INTEGER NOT NULL, b INTEGER NOT NULL, bits REAL NOT NULL,
    reason TEXT NOT NULL, model TEXT NOT NULL, state INTEGER NOT NULL, touchpoints INTEGER NOT NULL,
    opened_at INTEGER NOT NULL, decided_at INTEGER, author TEXT NOT NULL, note TEXT NOT NULL,
    UNIQUE(a, b));
CREATE INDEX review_b ON review(b);
CREATE INDEX review_best ON review(state, touchpoints DESC, bits DESC);
)sql";

/// What only few touchpoints have is found through a small table of its own: the curve of a long
/// life without reading all of it, the customer by the number of an order.
inline constexpr const char* k_schema_3 = R"sql(
CREATE TABLE annotated(
    identity INTEGER NOT NULL, occurred_at INTEGER NOT NULL, touchpoint INTEGER NOT NULL,
    PRIMARY KEY(identity, occurred_at, touchpoint)) WITHOUT ROWID;
INSERT INTO annotated SELECT identity, occurred_at, id FROM touchpoint
    WHERE retracted_at IS NULL
    AND (data ->> '$.experience' IS NOT NULL OR data ->> '$.phase' IS NOT NULL);

-- A touchpoint whose number has changed is found by the former one, too.
CREATE TABLE numbered(
    number TEXT NOT NULL, touchpoint INTEGER NOT NULL, PRIMARY KEY(number, touchpoint)
) WITHOUT ROWID;
INSERT INTO numbered SELECT lower(ref.value ->> '$.id'), touchpoint.id
    FROM touchpoint, json_each(data, '$.refs') AS ref
    WHERE data ->> '$.kind' IN ('case.opened', 'order.placed', 'invoice.issued')
    AND ref.key = (SELECT min(key) FROM json_each(data, '$.refs')
        WHERE value ->> '$.rel' IN ('case', 'order', 'invoice'));

-- Pins are a team's own, so they hold no more than who and when.
CREATE TABLE pin(touchpoint INTEGER PRIMARY KEY, author TEXT NOT NULL, at INTEGER NOT NULL);
)sql";

/// What becomes of a field when sources differ, and the limits by which likenesses join.
inline constexpr const char* k_schema_5 = R"sql(
-- trust: see model::Trust; what was read before counts as claimed.
ALTER TABLE fact ADD COLUMN trust INTEGER NOT NULL DEFAULT 1;
ALTER TABLE fact ADD COLUMN retracts INTEGER NOT NULL DEFAULT 0;

-- ended: 0 while it stands, then the choice's own key.
CREATE TABLE field_choice(
    id INTEGER PRIMARY KEY, identity INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
    author TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL, ended_at INTEGER,
    ended INTEGER NOT NULL DEFAULT 0, UNIQUE(identity, field, ended));

CREATE TABLE matching_limits(
    id INTEGER PRIMARY KEY, join_from REAL NOT NULL, review_from REAL NOT NULL,
    at INTEGER NOT NULL);
-- What stands was found by these.
INSERT INTO matching_limits(join_from, review_from, at)
    SELECT 12, -0.5, 0 WHERE EXISTS (SELECT 1 FROM profile);
)sql";

/// Likenesses join by the mean over all pairs of two customers, so pairs of fewer bits are kept
/// too, and a limit means something else.
inline constexpr const char* k_schema_7 = R"sql(
INSERT INTO matching_limits(join_from, review_from, at)
    SELECT 1, 0, max(at) FROM matching_limits HAVING count(*) > 0;
INSERT OR IGNORE INTO profile_due SELECT identity FROM profile;
)sql";

}  // namespace touchline::store::sqlite
