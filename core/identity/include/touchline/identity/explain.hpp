// Why identities are one customer, or are not, in data and in sentences.
#pragma once

#include "touchline/identity/partition.hpp"

#include <optional>
#include <string>
#include <vector>

namespace touchline::identity {

/// `from` and `to` are linked by `links` (ids, oldest assertion first).
struct Step {
    MemberId from = 0, to = 0;
    std::vector<std::int64_t> links;
    std::string sentence;
};

struct Explanation {
    bool same = false;
    std::vector<Step> path;
    std::vector<RefusedLink> refused;
    std::string summary;               ///< one sentence
    std::vector<std::string> reasons;  ///< a sentence for each step, then for each refusal
};

/// The same: the shortest path from a to b. Not the same: the refused links between their two
/// customers. Empty when one of the two is not in the component.
std::optional<Explanation> explain_pair(
    const Component& component, const Partition& partition, MemberId a, MemberId b
);

/// How everything in the customer of `member` hangs together, seen from `member`: a step for every
/// other identity, nearest first, and the links to others that were refused. Empty when it is not
/// in the component.
std::optional<Explanation> explain_customer(
    const Component& component, const Partition& partition, MemberId member
);

}  // namespace touchline::identity
