// Identities, customers and who belongs to whom.
#pragma once

#include "writer.hpp"

#include "touchline/store/store.hpp"

namespace touchline::store::sqlite {

Result<std::vector<Interned>> intern(
    Writer& writer, std::span<const IdentityName> names, Time seen
);
Result<CustomerKey> create_customer(
    Writer& writer, std::string_view id, IdentityKey anchor, Time at
);
Result<void> set_alias(Writer& writer, CustomerKey customer, CustomerKey alias_of);
Result<void> set_memberships(Writer& writer, std::span<const Transaction::Membership> memberships);
Result<void> set_shared(Writer& writer, IdentityKey identity, bool shared);

}  // namespace touchline::store::sqlite
