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

Result<std::optional<MatchingLimits>> SqliteReader::matching_limits() {
    TOUCHLINE_TRY(
        Query query,
        db_.query("SELECT join_from, review_from, at FROM matching_limits ORDER BY id DESC LIMIT 1")
    );
    TOUCHLINE_TRY(const bool found, query.next());
    if (!found) return std::optional<MatchingLimits>();
    return std::optional(MatchingLimits{query.real(0), query.real(1), query.time(2)});
}

Result<std::vector<OpenQuestion>> SqliteReader::open_questions() {
    TOUCHLINE_CHECK(settle());
    static_assert(static_cast<int>(model::By::agent) == 2, "the query knows it");
    static_assert(static_cast<int>(model::Polarity::not_same) == 1, "the query knows it");
    static_assert(static_cast<int>(ReviewState::later) == 1, "the query knows it");
    // A bare column beside max() is that of the row with the greatest value: SQLite promises it.
    TOUCHLINE_TRY(
        Query query,
        db_.query("WITH answered AS ("
                  " SELECT min(x.customer, y.customer) AS a, max(x.customer, y.customer) AS b"
                  " FROM link JOIN identity x ON x.id = link.a JOIN identity y ON y.id = link.b"
                  " WHERE author = 2 AND ended = 0 AND polarity = 1"
                  " UNION SELECT min(x.customer, y.customer), max(x.customer, y.customer)"
                  " FROM review JOIN identity x ON x.id = review.a"
                  " JOIN identity y ON y.id = review.b WHERE state = 1)"
                  " SELECT review.id, min(x.customer, y.customer) AS a,"
                  " max(x.customer, y.customer) AS b, max(bits), touchpoints"
                  " FROM review JOIN identity x ON x.id = review.a"
                  " JOIN identity y ON y.id = review.b"
                  " WHERE state = 0 AND x.customer <> y.customer"
                  " AND (min(x.customer, y.customer), max(x.customer, y.customer)) NOT IN"
                  " (SELECT a, b FROM answered)"
                  " GROUP BY 2, 3 ORDER BY 2, 3")
    );
    std::vector<OpenQuestion> questions;
    TOUCHLINE_CHECK(query.each([&] {
        questions.push_back(
            {query.as<ReviewKey>(0),
             query.as<CustomerKey>(1),
             query.as<CustomerKey>(2),
             query.real(3),
             query.integer(4)}
        );
    }));
    return questions;
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

Result<std::int64_t> SqliteReader::count_reviews(ReviewState state) {
    TOUCHLINE_TRY(Query query, db_.query("SELECT count(*) FROM review WHERE state = ?1"));
    TOUCHLINE_TRY([[maybe_unused]] const bool found, query.bind(state).next());
    return query.integer(0);
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
