#include "write_likenesses.hpp"

#include "profile_keys.hpp"

#include <algorithm>

namespace touchline::store::sqlite {
namespace {

using Keys = std::vector<std::uint64_t>;

Result<Keys> keys_of(Writer& writer, IdentityKey identity) {
    TOUCHLINE_TRY(Query query, writer.db.query("SELECT keys FROM profile WHERE identity = ?1"));
    query.bind(identity);
    TOUCHLINE_TRY(const bool found, query.next());
    return found ? unpack_keys(query.view(0)) : Keys();
}

/// Only what differs: most keys of a profile outlive a change of it.
Result<void> change_keys(
    Writer& writer, IdentityKey identity, const Keys& before, const Keys& after
) {
    TOUCHLINE_TRY(
        Query remove, writer.db.query("DELETE FROM profile_key WHERE key = ?1 AND identity = ?2")
    );
    for (const std::uint64_t key : before) {
        if (std::binary_search(after.begin(), after.end(), key)) continue;
        TOUCHLINE_CHECK(remove.bind(static_cast<std::int64_t>(key), identity).run());
    }
    TOUCHLINE_TRY(Query insert, writer.db.query("INSERT INTO profile_key VALUES (?1, ?2)"));
    for (const std::uint64_t key : after) {
        if (std::binary_search(before.begin(), before.end(), key)) continue;
        TOUCHLINE_CHECK(insert.bind(static_cast<std::int64_t>(key), identity).run());
    }
    return {};
}

}  // namespace

Result<void> make_all_profiles_due(Writer& writer) {
    TOUCHLINE_CHECK(writer.gathered.settle());
    return writer.db.run("INSERT OR IGNORE INTO profile_due SELECT DISTINCT identity FROM fact");
}

Result<void> put_profile(Writer& writer, const Profile& profile) {
    TOUCHLINE_TRY(const Keys before, keys_of(writer, profile.identity));
    TOUCHLINE_CHECK(change_keys(writer, profile.identity, before, profile.keys));
    TOUCHLINE_TRY(Query due, writer.db.query("DELETE FROM profile_due WHERE identity = ?1"));
    TOUCHLINE_CHECK(due.bind(profile.identity).run());
    if (profile.text.empty()) {
        TOUCHLINE_TRY(Query remove, writer.db.query("DELETE FROM profile WHERE identity = ?1"));
        return remove.bind(profile.identity).run();
    }
    TOUCHLINE_TRY(Query put, writer.db.query("INSERT OR REPLACE INTO profile VALUES (?1, ?2, ?3)"));
    const std::string packed = pack_keys(profile.keys);
    return put.bind(profile.identity, std::string_view(profile.text), bytes_of(packed)).run();
}

Result<void> put_matching_model(Writer& writer, const MatchingModel& model) {
    TOUCHLINE_TRY(
        Query put,
        writer.db.query("INSERT INTO matching_model(version, text, at) VALUES (?1, ?2, ?3)")
    );
    put.bind(std::string_view(model.version), std::string_view(model.text), model.at);
    return put.run();
}

Result<void> put_matching_limits(Writer& writer, const MatchingLimits& limits) {
    TOUCHLINE_TRY(
        Query put,
        writer.db.query("INSERT INTO matching_limits(join_from, review_from, at)"
                        " VALUES (?1, ?2, ?3)")
    );
    return put.bind(limits.join_from, limits.review_from, limits.at).run();
}

Result<void> put_review(Writer& writer, const Review& review) {
    TOUCHLINE_TRY(
        Query put,
        writer.db.query("INSERT INTO review(a, b, bits, reason, model, state, touchpoints,"
                        " opened_at, decided_at, author, note)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
                        " ON CONFLICT(a, b) DO UPDATE SET bits = excluded.bits,"
                        " reason = excluded.reason, model = excluded.model,"
                        " state = excluded.state, touchpoints = excluded.touchpoints,"
                        " opened_at = excluded.opened_at, decided_at = excluded.decided_at,"
                        " author = excluded.author, note = excluded.note")
    );
    put.bind(
        std::min(review.a, review.b),
        std::max(review.a, review.b),
        review.bits,
        std::string_view(review.reason),
        std::string_view(review.model),
        review.state,
        review.touchpoints,
        review.opened_at,
        review.decided_at,
        std::string_view(review.author),
        std::string_view(review.note)
    );
    return put.run();
}

Result<void> drop_review(Writer& writer, ReviewKey key) {
    TOUCHLINE_TRY(Query remove, writer.db.query("DELETE FROM review WHERE id = ?1"));
    return remove.bind(key).run();
}

}  // namespace touchline::store::sqlite
