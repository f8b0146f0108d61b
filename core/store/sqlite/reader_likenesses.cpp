#include "identity_rows.hpp"
#include "profile_keys.hpp"
#include "sqlite_reader.hpp"

namespace touchline::store::sqlite {
namespace {

#define TOUCHLINE_REVIEW_QUERY                                                                 \
    "SELECT id, a, b, bits, reason, model, state, touchpoints, opened_at, decided_at, author," \
    " note FROM review "

Review read_review(const Query& row) {
    Review review;
    review.key = row.as<ReviewKey>(0);
    review.a = row.as<IdentityKey>(1);
    review.b = row.as<IdentityKey>(2);
    review.bits = row.real(3);
    review.reason = row.text(4);
    review.model = row.text(5);
    review.state = row.as<ReviewState>(6);
    review.touchpoints = row.integer(7);
    review.opened_at = row.time(8);
    if (!row.is_null(9)) review.decided_at = row.time(9);
    review.author = row.text(10);
    review.note = row.text(11);
    return review;
}

Result<std::vector<Review>> read_reviews(Query& query) {
    std::vector<Review> reviews;
    TOUCHLINE_CHECK(query.each([&] { reviews.push_back(read_review(query)); }));
    return reviews;
}

}  // namespace

Result<std::vector<Identity>> SqliteReader::identities_after(IdentityKey key, std::size_t limit) {
    TOUCHLINE_CHECK(settle());
    static_assert(static_cast<int>(model::Strength::weak) == 2, "the query knows it");
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT " TOUCHLINE_IDENTITY_COLUMNS
                  " FROM identity JOIN word ON word.id = identity.ns"
                  " WHERE identity.id > ?1 AND strength <> 2 ORDER BY identity.id LIMIT ?2")
    );
    query.bind(key, limit);
    std::vector<Identity> identities;
    TOUCHLINE_CHECK(query.each([&] { identities.push_back(read_identity(query)); }));
    return identities;
}

Result<std::vector<IdentityKey>> SqliteReader::due_profiles(std::size_t limit) {
    TOUCHLINE_CHECK(settle());
    TOUCHLINE_TRY(
        Query query, db_.query("SELECT identity FROM profile_due ORDER BY identity LIMIT ?1")
    );
    query.bind(limit);
    std::vector<IdentityKey> keys;
    TOUCHLINE_CHECK(query.each([&] { keys.push_back(query.as<IdentityKey>(0)); }));
    return keys;
}

Result<std::optional<Profile>> SqliteReader::profile(IdentityKey key) {
    TOUCHLINE_TRY(Query query, db_.query("SELECT text, keys FROM profile WHERE identity = ?1"));
    query.bind(key);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return std::optional<Profile>();
    return std::optional(Profile{key, query.text(0), unpack_keys(query.view(1))});
}

Result<std::vector<IdentityKey>> SqliteReader::sharing(std::uint64_t key, std::size_t limit) {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT identity FROM profile_key WHERE key = ?1 ORDER BY identity LIMIT ?2")
    );
    query.bind(static_cast<std::int64_t>(key), limit);
    std::vector<IdentityKey> keys;
    TOUCHLINE_CHECK(query.each([&] { keys.push_back(query.as<IdentityKey>(0)); }));
    return keys;
}

Result<std::optional<MatchingModel>> SqliteReader::matching_model() {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT version, text, at FROM matching_model ORDER BY id DESC LIMIT 1")
    );
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return std::optional<MatchingModel>();
    return std::optional(MatchingModel{query.text(0), query.text(1), query.time(2)});
}

Result<std::vector<Review>> SqliteReader::reviews(
    ReviewState state, std::int64_t offset, std::int64_t limit
) {
    TOUCHLINE_TRY(
        Query query,
        db_.query(TOUCHLINE_REVIEW_QUERY "WHERE state = ?1"
                                         " ORDER BY touchpoints DESC, bits DESC, id"
                                         " LIMIT ?3 OFFSET ?2")
    );
    return read_reviews(query.bind(state, offset, limit));
}

Result<std::optional<Review>> SqliteReader::review(ReviewKey key) {
    TOUCHLINE_TRY(Query query, db_.query(TOUCHLINE_REVIEW_QUERY "WHERE id = ?1"));
    query.bind(key);
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return std::optional<Review>();
    return std::optional(read_review(query));
}

Result<std::vector<Review>> SqliteReader::reviews_of(IdentityKey key) {
    TOUCHLINE_TRY(
        Query query, db_.query(TOUCHLINE_REVIEW_QUERY "WHERE a = ?1 OR b = ?1 ORDER BY id")
    );
    return read_reviews(query.bind(key));
}

}  // namespace touchline::store::sqlite
