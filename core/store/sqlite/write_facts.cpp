#include "part_keys.hpp"
#include "write_touchpoints.hpp"

namespace touchline::store::sqlite {
namespace {

/// The record states exactly these already.
Result<bool> states_the_same(Writer& writer, RecordKey record, std::span<const FactWrite> facts) {
    TOUCHLINE_TRY(
        Query query,
        writer.db.query("SELECT identity, word.text, value, grp, observed_at, trust, retracts"
                        " FROM fact JOIN word ON word.id = field WHERE fact.id BETWEEN ?1 AND ?2"
                        " ORDER BY fact.id")
    );
    query.bind(first_key(record), last_key(record));
    std::size_t place = 0;
    bool same = true;
    TOUCHLINE_CHECK(query.each([&] {
        same = same && place < facts.size() && facts[place].identity == query.as<IdentityKey>(0) &&
               facts[place].field == query.view(1) && facts[place].value == query.view(2) &&
               facts[place].group == query.view(3) && facts[place].observed_at == query.time(4) &&
               facts[place].trust == query.as<model::Trust>(5) &&
               facts[place].retracts == (query.integer(6) != 0);
        ++place;
    }));
    return same && place == facts.size();
}

/// Of whom an earlier version of the record said something.
Result<void> note_due(Writer& writer, RecordKey record) {
    TOUCHLINE_TRY(
        Query query, writer.db.query("SELECT identity FROM fact WHERE id BETWEEN ?1 AND ?2")
    );
    query.bind(first_key(record), last_key(record));
    return query.each([&] { writer.gathered.profile_is_due(query.as<IdentityKey>(0)); });
}

Result<void> remove_facts(Writer& writer, RecordKey record) {
    TOUCHLINE_TRY(Query query, writer.db.query("DELETE FROM fact WHERE id BETWEEN ?1 AND ?2"));
    return query.bind(first_key(record), last_key(record)).run();
}

}  // namespace

Result<void> put_facts(Writer& writer, RecordKey record, std::span<const FactWrite> facts) {
    if (std::ssize(facts) > k_places) {
        return Error(
            Code::bad_data, "a record states more than " + std::to_string(k_places) + " facts"
        );
    }
    TOUCHLINE_TRY(const bool same, states_the_same(writer, record, facts));
    if (same) return {};
    TOUCHLINE_CHECK(note_due(writer, record));
    TOUCHLINE_CHECK(remove_facts(writer, record));
    TOUCHLINE_TRY(const SourceKey source, writer.source_of(record));
    TOUCHLINE_TRY(
        Query insert,
        writer.db.query("INSERT INTO fact(id, identity, field, value, grp, observed_at, trust,"
                        " retracts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
    );
    std::int64_t key = first_key(record);
    for (const FactWrite& fact : facts) {
        TOUCHLINE_TRY(const WordKey field, writer.word(fact.field));
        insert.bind(
            key++,
            fact.identity,
            field,
            fact.value,
            fact.group,
            fact.observed_at,
            fact.trust,
            fact.retracts
        );
        TOUCHLINE_CHECK(insert.run());
        writer.gathered.profile_is_due(fact.identity);
        TOUCHLINE_CHECK(writer.note_source(fact.identity, source));
    }
    return {};
}

Result<void> put_choice(Writer& writer, const FieldChoice& choice) {
    TOUCHLINE_CHECK(end_choice(writer, choice.identity, choice.field, choice.at));
    TOUCHLINE_TRY(
        Query insert,
        writer.db.query("INSERT INTO field_choice(identity, field, value, author, reason, at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
    );
    insert.bind(
        choice.identity,
        std::string_view(choice.field),
        std::string_view(choice.value),
        std::string_view(choice.author),
        std::string_view(choice.reason),
        choice.at
    );
    return insert.run();
}

Result<bool> end_choice(Writer& writer, IdentityKey identity, std::string_view field, Time at) {
    TOUCHLINE_TRY(
        Query end,
        writer.db.query("UPDATE field_choice SET ended = id, ended_at = ?3"
                        " WHERE identity = ?1 AND field = ?2 AND ended = 0")
    );
    TOUCHLINE_CHECK(end.bind(identity, field, at).run());
    return writer.db.changes() > 0;
}

}  // namespace touchline::store::sqlite
