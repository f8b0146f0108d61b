#include "identity_rows.hpp"
#include "schema.hpp"
#include "sqlite_reader.hpp"

#include <algorithm>

namespace touchline::store::sqlite {
namespace {

/// A beginning of one letter fits very many words: this many rows of them are looked at.
constexpr std::size_t k_prefix_rows = 200'000;
/// Counting further would not change which term is asked first.
constexpr std::int64_t k_enough_rows = 1'000;

using Keys = std::vector<IdentityKey>;

/// The smallest text after every text that begins with `prefix`.
std::string after_prefix(std::string_view prefix) {
    return std::string(prefix) + "\xff";
}

Result<Keys> with_prefix(Connection& db, std::string_view prefix) {
    TOUCHLINE_TRY(
        Query query,
        db.query("SELECT identity FROM search_term WHERE term >= ?1 AND term < ?2 LIMIT ?3")
    );
    Keys keys;
    const std::string end = after_prefix(prefix);
    query.bind(prefix, std::string_view(end), k_prefix_rows);
    TOUCHLINE_CHECK(query.each([&] { keys.push_back(query.as<IdentityKey>(0)); }));
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

Result<std::size_t> rarest(Connection& db, std::span<const std::string> terms) {
    TOUCHLINE_TRY(
        Query query,
        db.query("SELECT count(*) FROM (SELECT 1 FROM search_term WHERE term = ?1 LIMIT ?2)")
    );
    std::size_t best = 0;
    std::int64_t fewest = k_enough_rows + 1;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        query.bind(std::string_view(terms[i]), k_enough_rows);
        TOUCHLINE_CHECK(query.next());
        if (query.integer(0) < fewest) {
            fewest = query.integer(0);
            best = i;
        }
        query.reset();
    }
    return best;
}

Result<bool> has_all(Connection& db, IdentityKey key, std::span<const std::string> terms) {
    TOUCHLINE_TRY(
        Query query, db.query("SELECT 1 FROM search_term WHERE term = ?1 AND identity = ?2")
    );
    for (const std::string& term : terms) {
        query.bind(std::string_view(term), key);
        TOUCHLINE_TRY(const bool found, query.next());
        query.reset();
        if (!found) return false;
    }
    return true;
}

}  // namespace

Result<std::optional<Identity>> SqliteReader::find_identity(
    std::string_view ns, std::string_view value
) {
    TOUCHLINE_CHECK(settle());
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT " TOUCHLINE_IDENTITY_COLUMNS
                  " FROM word JOIN identity ON identity.ns = word.id"
                  " WHERE word.text = ?1 AND identity.value = ?2")
    );
    query.bind(ns, value);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return std::optional<Identity>();
    return std::optional(read_identity(query));
}

Result<std::vector<Identity>> SqliteReader::identities(std::span<const IdentityKey> keys) {
    TOUCHLINE_CHECK(settle());
    return identities_by_key(db_, keys);
}

Result<std::vector<Identity>> SqliteReader::search(
    std::span<const std::string> terms, std::size_t limit
) {
    if (terms.empty() || limit == 0) return std::vector<Identity>();
    TOUCHLINE_CHECK(settle());
    TOUCHLINE_TRY(Keys beginning, with_prefix(db_, terms.back()));
    const auto whole = terms.first(terms.size() - 1);
    Keys found;
    if (whole.empty()) {
        found.assign(
            beginning.begin(),
            beginning.begin() + static_cast<std::ptrdiff_t>(std::min(limit, beginning.size()))
        );
        return identities(found);
    }
    TOUCHLINE_TRY(const std::size_t driver, rarest(db_, whole));
    TOUCHLINE_TRY(
        Query query, db_.query("SELECT identity FROM search_term WHERE term = ?1 ORDER BY identity")
    );
    query.bind(std::string_view(whole[driver]));
    while (found.size() < limit) {
        TOUCHLINE_TRY(const bool more, query.next());
        if (!more) break;
        const auto key = query.as<IdentityKey>(0);
        if (!std::binary_search(beginning.begin(), beginning.end(), key)) continue;
        TOUCHLINE_TRY(const bool fits, has_all(db_, key, whole));
        if (fits) found.push_back(key);
    }
    return identities(found);
}

Result<std::vector<std::string>> SqliteReader::sources_of(IdentityKey key) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT word.text FROM identity_source JOIN word ON word.id = connection"
                  " WHERE identity = ?1 ORDER BY word.text")
    );
    query.bind(key);
    std::vector<std::string> connections;
    TOUCHLINE_CHECK(query.each([&] { connections.push_back(query.text(0)); }));
    return connections;
}

Result<std::vector<std::string>> SqliteReader::terms_from(
    std::string_view beginning, std::size_t limit
) {
    TOUCHLINE_CHECK(settle());
    // The last character moved on by one ends the range; terms are words of letters and digits.
    std::string end(beginning);
    if (end.empty()) return std::vector<std::string>();
    end.back() = static_cast<char>(end.back() + 1);
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT DISTINCT term FROM search_term WHERE term >= ?1 AND term < ?2 LIMIT ?3")
    );
    query.bind(beginning, std::string_view(end), static_cast<std::int64_t>(limit));
    std::vector<std::string> terms;
    TOUCHLINE_CHECK(query.each([&] { terms.push_back(query.text(0)); }));
    return terms;
}

Result<std::vector<Identity>> SqliteReader::identities_about(
    std::string_view number, std::size_t limit
) {
    TOUCHLINE_CHECK(settle());
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT DISTINCT identity FROM numbered"
                  " JOIN touchpoint ON touchpoint.id = numbered.touchpoint"
                  " WHERE number = lower(?1) AND retracted_at IS NULL LIMIT ?2")
    );
    query.bind(number, static_cast<std::int64_t>(limit));
    std::vector<IdentityKey> keys;
    TOUCHLINE_CHECK(query.each([&] { keys.push_back(query.as<IdentityKey>(0)); }));
    return identities(keys);
}

}  // namespace touchline::store::sqlite
