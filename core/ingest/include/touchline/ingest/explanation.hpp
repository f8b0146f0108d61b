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
    std::vector<std::string> reasons;     ///< a sentence each
    std::vector<std::string> identities;  ///< of the customer, sorted: "email:ana@example.org"
};

/// A sentence for every identity of the customer; with a pair ("email:x@example.org",
/// "crm.contact:7"), why those two are or are not one. Errors: not_found.
Result<Explanation> explain(
    store::Reader& reader,
    const identity::Policy& policy,
    std::string_view customer,
    const std::optional<std::pair<std::string, std::string>>& pair = std::nullopt
);

/// Who the customer was taken for at that time: the identities that were with the one it was made
/// for, and why. What was withdrawn since counts, what came later does not; rules, and what is
/// known to be shared, are those of today. Errors: not_found (also: nobody knew it then).
Result<Explanation> explain_at(
    store::Reader& reader, const identity::Policy& policy, std::string_view customer, Time time
);

}  // namespace touchline::ingest
