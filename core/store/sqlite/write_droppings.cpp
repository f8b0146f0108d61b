#include "write_droppings.hpp"

#include "write_operation.hpp"

namespace touchline::store::sqlite {
namespace {

#define TOUCHLINE_LETTER_COLUMNS                                                         \
    "connection, stream, external_id, stage, code, message, place, cure, attempts, first_at," \
    " last_at, hash, raw"

Result<void> forget(Writer& writer, DroppingKey key) {
    for (const char* statement :
         {"DELETE FROM dropped_letter WHERE dropping = ?1", "DELETE FROM dropping WHERE id = ?1"}) {
        TOUCHLINE_TRY(Query query, writer.db.query(statement));
        TOUCHLINE_CHECK(query.bind(key).run());
    }
    return {};
}

}  // namespace

Result<DroppingKey> set_aside_dead_letters(
    Writer& writer, std::span<const DeadLetterKey> letters, Time at
) {
    TOUCHLINE_TRY(Query begin, writer.db.query("INSERT INTO dropping(at) VALUES (?1)"));
    TOUCHLINE_CHECK(begin.bind(at).run());
    const auto key = static_cast<DroppingKey>(writer.db.last_key());
    TOUCHLINE_TRY(
        Query copy,
        writer.db.query("INSERT INTO dropped_letter(dropping, " TOUCHLINE_LETTER_COLUMNS
                        ") SELECT ?1, " TOUCHLINE_LETTER_COLUMNS " FROM dead_letter WHERE id = ?2")
    );
    for (const DeadLetterKey letter : letters) {
        TOUCHLINE_CHECK(copy.bind(key, letter).run());
        TOUCHLINE_CHECK(drop_dead_letter(writer, letter));
    }
    return key;
}

Result<std::int64_t> restore_dead_letters(Writer& writer, DroppingKey key) {
    TOUCHLINE_TRY(
        Query back,
        writer.db.query("INSERT INTO dead_letter(" TOUCHLINE_LETTER_COLUMNS
                        ") SELECT " TOUCHLINE_LETTER_COLUMNS
                        " FROM dropped_letter WHERE dropping = ?1 ORDER BY id"
                        " ON CONFLICT DO NOTHING")
    );
    TOUCHLINE_CHECK(back.bind(key).run());
    const std::int64_t restored = writer.db.changes();
    TOUCHLINE_TRY(Query known, writer.db.query("SELECT 1 FROM dropping WHERE id = ?1"));
    known.bind(key);
    TOUCHLINE_TRY(const bool found, known.next());
    if (!found) return Error(Code::not_found, "nothing that was dropped has this number");
    known.reset();
    TOUCHLINE_CHECK(forget(writer, key));
    return restored;
}

Result<void> forget_droppings(Writer& writer, Time before) {
    std::vector<DroppingKey> old;
    {
        TOUCHLINE_TRY(Query query, writer.db.query("SELECT id FROM dropping WHERE at < ?1"));
        query.bind(before);
        TOUCHLINE_CHECK(query.each([&] { old.push_back(query.as<DroppingKey>(0)); }));
    }
    for (const DroppingKey key : old) TOUCHLINE_CHECK(forget(writer, key));
    return {};
}

}  // namespace touchline::store::sqlite
