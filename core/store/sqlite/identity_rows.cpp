#include "identity_rows.hpp"

namespace touchline::store::sqlite {

Identity read_identity(const Query& row) {
    Identity identity;
    identity.key = row.as<IdentityKey>(0);
    identity.ns = row.text(1);
    identity.value = row.text(2);
    identity.strength = row.as<model::Strength>(3);
    identity.customer = row.as<CustomerKey>(4);
    identity.first_seen = row.time(5);
    identity.last_seen = row.time(6);
    identity.shared = row.integer(7) != 0;
    return identity;
}

Result<std::vector<Identity>> identities_by_key(Connection& db, std::span<const IdentityKey> keys) {
    std::vector<Identity> identities;
    identities.reserve(keys.size());
    TOUCHLINE_TRY(
        Query query,
        db.query("SELECT " TOUCHLINE_IDENTITY_COLUMNS
                 " FROM identity JOIN word ON word.id = identity.ns WHERE identity.id = ?1")
    );
    for (const IdentityKey key : keys) {
        query.bind(key);
        TOUCHLINE_TRY(const bool found, query.next());
        if (found) identities.push_back(read_identity(query));
        query.reset();
    }
    return identities;
}

}  // namespace touchline::store::sqlite
