#include "words.hpp"

namespace touchline::store::sqlite {
namespace {

/// More than this is no vocabulary; a mapping that makes up words must not fill the memory.
constexpr std::size_t k_most_words = 20'000;

}  // namespace

Result<WordKey> Words::key(Connection& db, std::string_view text) {
    if (const auto found = known_.find(text); found != known_.end()) return found->second;
    TOUCHLINE_TRY(const WordKey key, look_up(db, text));
    if (known_.size() >= k_most_words) known_.clear();
    known_.emplace(std::string(text), key);
    return key;
}

Result<WordKey> Words::look_up(Connection& db, std::string_view text) {
    TOUCHLINE_TRY(Query find, db.query("SELECT id FROM word WHERE text = ?1"));
    find.bind(text);
    TOUCHLINE_TRY(const bool found, find.next());
    if (found) return find.as<WordKey>(0);
    TOUCHLINE_TRY(Query insert, db.query("INSERT INTO word(text) VALUES (?1)"));
    insert.bind(text);
    TOUCHLINE_CHECK(insert.run());
    return static_cast<WordKey>(db.last_key());
}

}  // namespace touchline::store::sqlite
