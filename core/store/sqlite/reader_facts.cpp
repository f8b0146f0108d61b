#include "part_keys.hpp"
#include "sqlite_reader.hpp"

#include <algorithm>

namespace touchline::store::sqlite {
namespace {

struct FactRow {
    StoredFact fact;
    RecordKey record = RecordKey::none;
    bool retracts = false;
};

/// A record's own facts are what it says now.
bool takes_back(const FactRow& retraction, const FactRow& said) {
    return retraction.fact.field == said.fact.field &&
           (retraction.fact.value == "null" || retraction.fact.value == said.fact.value) &&
           retraction.fact.connection == said.fact.connection && retraction.record != said.record &&
           retraction.fact.observed_at >= said.fact.observed_at;
}

/// Of one identity: appends what still stands.
void keep_standing(std::vector<FactRow>& rows, std::vector<StoredFact>& facts) {
    const auto said = std::stable_partition(rows.begin(), rows.end(), [](const FactRow& row) {
        return row.retracts;
    });
    for (auto row = said; row != rows.end(); ++row) {
        const bool stands = std::none_of(rows.begin(), said, [&](const FactRow& retraction) {
            return takes_back(retraction, *row);
        });
        if (stands) facts.push_back(std::move(row->fact));
    }
}

}  // namespace

Result<std::vector<StoredFact>> SqliteReader::facts_of(std::span<const IdentityKey> keys) {
    static_assert(k_place_bits == 12, "the query below knows it");
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT fact.identity, word.text, fact.value, fact.grp, fact.observed_at,"
                  " source.connection, source.stream, record.external_id, fact.trust,"
                  " record.id, fact.retracts"
                  " FROM fact JOIN word ON word.id = fact.field"
                  " JOIN record ON record.id = fact.id >> 12"
                  " JOIN source ON source.id = record.source"
                  " WHERE fact.identity = ?1 ORDER BY fact.id")
    );
    std::vector<StoredFact> facts;
    std::vector<FactRow> rows;
    for (const IdentityKey key : keys) {
        query.bind(key);
        rows.clear();
        TOUCHLINE_CHECK(query.each([&] {
            rows.push_back(
                {{query.as<IdentityKey>(0),
                  query.text(1),
                  query.text(2),
                  query.text(3),
                  query.time(4),
                  query.text(5),
                  query.text(6),
                  query.text(7),
                  query.as<model::Trust>(8)},
                 query.as<RecordKey>(9),
                 query.integer(10) != 0}
            );
        }));
        query.reset();
        keep_standing(rows, facts);
    }
    return facts;
}

Result<std::vector<FieldChoice>> SqliteReader::choices_of(std::span<const IdentityKey> keys) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT identity, field, value, author, reason, at FROM field_choice"
                  " WHERE identity = ?1 AND ended = 0 ORDER BY field")
    );
    std::vector<FieldChoice> choices;
    for (const IdentityKey key : keys) {
        query.bind(key);
        TOUCHLINE_CHECK(query.each([&] {
            choices.push_back(
                {query.as<IdentityKey>(0),
                 query.text(1),
                 query.text(2),
                 query.text(3),
                 query.text(4),
                 query.time(5)}
            );
        }));
        query.reset();
    }
    return choices;
}

}  // namespace touchline::store::sqlite
