// What the store holds around some identities, in the terms of core/identity.
#pragma once

#include "touchline/identity/partition.hpp"
#include "touchline/store/rows.hpp"

namespace touchline::ingest {

inline identity::MemberId member_id(store::IdentityKey key) {
    return static_cast<identity::MemberId>(key);
}
inline store::IdentityKey identity_key(identity::MemberId id) {
    return static_cast<store::IdentityKey>(id);
}

identity::Component to_component(const store::Component& stored);

}  // namespace touchline::ingest
