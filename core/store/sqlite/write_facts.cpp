#include "part_keys.hpp"
#include "write_touchpoints.hpp"

namespace touchline::store::sqlite {
namespace {

/// The record states exactly these already.
Result<bool> states_the_same(Writer& writer, RecordKey record, std::span<const FactWrite> facts) {
    TOUCHLINE_TRY(
        Query query,
        writer.db.query("SELECT identity, word.text, value, grp, observed_at FROM fact"
                        " JOIN word ON word.id = field WHERE fact.id BETWEEN ?1 AND ?2"
                        " ORDER BY fact.id")
    );
    query.bind(first_key(record), last_key(record));
    std::size_t place = 0;
    bool same = true;
    TOUCHLINE_CHECK(query.each([&] {
        same = same && place < facts.size() && facts[place].identity == query.as<IdentityKey>(0) &&
               facts[place].field == query.view(1) && facts[place].value == query.view(2) &&
               facts[place].group == query.view(3) && facts[place].observed_at == query.time(4);
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
        Query insert, writer.db.query("INSERT INTO fact VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
    );
    std::int64_t key = first_key(record);
    for (const FactWrite& fact : facts) {
        TOUCHLINE_TRY(const WordKey field, writer.word(fact.field));
        insert.bind(key++, fact.identity, field, fact.value, fact.group, fact.observed_at);
        TOUCHLINE_CHECK(insert.run());
        writer.gathered.profile_is_due(fact.identity);
        TOUCHLINE_CHECK(writer.note_source(fact.identity, source));
    }
    return {};
}

}  // namespace touchline::store::sqlite
