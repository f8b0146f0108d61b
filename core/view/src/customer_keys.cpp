#include "customer_keys.hpp"

namespace touchline::view {

Result<CustomerKeys> customer_keys(store::Reader& reader, std::string_view id) {
    TOUCHLINE_TRY(const auto found, reader.customer(id));
    if (!found)
        return Error(Code::not_found, "there is no customer " + std::string(id.substr(0, 64)));
    CustomerKeys keys;
    TOUCHLINE_TRY(keys.customer, reader.resolve(found->key));
    TOUCHLINE_TRY(keys.identities, reader.identities_of(keys.customer.key));
    for (const store::Identity& identity : keys.identities)
        keys.identity_keys.push_back(identity.key);
    return keys;
}

}  // namespace touchline::view
