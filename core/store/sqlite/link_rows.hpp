// Reads rows of the link table.
#pragma once

#include "connection.hpp"

#include "touchline/store/rows.hpp"

namespace touchline::store::sqlite {

/// Links that end in the identity, by key.
Result<std::vector<StoredLink>> links_at(Connection& db, IdentityKey key, bool with_retracted);

/// The live ones among them that agents made.
Result<std::vector<StoredLink>> agent_links_at(Connection& db, IdentityKey key);

/// Retracted or not.
Result<std::optional<StoredLink>> link_by_key(Connection& db, LinkKey key);

/// The live ones that the record asserts, by key.
Result<std::vector<StoredLink>> links_asserted_by(Connection& db, RecordKey record);

/// The end of the link that is not `key`.
inline IdentityKey other_end(const StoredLink& link, IdentityKey key) {
    return link.a == key ? link.b : link.a;
}

}  // namespace touchline::store::sqlite
