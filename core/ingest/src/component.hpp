// What the store holds around some identities, in the terms of core/identity.
#pragma once

#include "touchline/identity/partition.hpp"
#include "touchline/identity/policy.hpp"
#include "touchline/store/rows.hpp"

namespace touchline::ingest {

inline identity::MemberId member_id(store::IdentityKey key) {
    return static_cast<identity::MemberId>(key);
}
inline store::IdentityKey identity_key(identity::MemberId id) {
    return static_cast<store::IdentityKey>(id);
}

/// The shipped weak namespace of days of birth.
inline constexpr std::string_view k_birth_date = "birth_date";

/// Weak identities count as names where the policy's normaliser says that they are.
identity::Component to_component(const store::Component& stored, const identity::Policy& policy);

}  // namespace touchline::ingest
