// A customer and the keys of its identities: where every question about a customer begins.
#pragma once

#include "touchline/store/store.hpp"

namespace touchline::view {

struct CustomerKeys {
    store::Customer customer;  ///< the living one
    std::vector<store::Identity> identities;
    std::vector<store::IdentityKey> identity_keys;
};

/// Error: not_found.
Result<CustomerKeys> customer_keys(store::Reader& reader, std::string_view id);

}  // namespace touchline::view
