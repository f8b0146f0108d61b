// Why a customer is one, from the links that the store holds.
#pragma once

#include "touchline/identity/policy.hpp"
#include "touchline/store/store.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace touchline::ingest {

struct Explanation {
    std::string customer;  ///< the living id
    std::string summary;
    std::vector<std::string> reasons;  ///< a sentence each
};

/// A sentence for every identity of the customer; with a pair ("email:x@example.org",
/// "crm.contact:7"), why those two are or are not one. Errors: not_found.
Result<Explanation> explain(
    store::Reader& reader,
    const identity::Policy& policy,
    std::string_view customer,
    const std::optional<std::pair<std::string, std::string>>& pair = std::nullopt
);

}  // namespace touchline::ingest
