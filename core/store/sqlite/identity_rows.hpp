// Reads rows of the identity table.
#pragma once

#include "connection.hpp"

#include "touchline/store/rows.hpp"

namespace touchline::store::sqlite {

/// Select these, in this order, from `identity` joined to `word` on its ns.
#define TOUCHLINE_IDENTITY_COLUMNS                                                   \
    "identity.id, word.text, identity.value, identity.strength, identity.customer, " \
    "identity.first_seen, identity.last_seen, identity.shared"

Identity read_identity(const Query& row);

/// In the order of the keys; a key without an identity is left out.
Result<std::vector<Identity>> identities_by_key(Connection& db, std::span<const IdentityKey> keys);

}  // namespace touchline::store::sqlite
