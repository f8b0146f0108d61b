// What changed rules, or another model, do to the customers that the store holds: tried out on a
// copy first, applied when asked.
#pragma once

#include "touchline/ingest/matching.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace touchline::ingest {

/// Customers that become others. One before and several after: a split.
struct Regrouped {
    std::vector<std::string> before, after;  ///< ids, sorted
    std::int64_t touchpoints = 0;
};

struct RegroupingPlan {
    std::int64_t merges = 0, splits = 0;
    std::vector<Regrouped> changes;  ///< those that concern most touchpoints first
};

/// What apply_rules() would do under the environment's policy and, unless it is null, with this
/// model. Needs room for a copy of the store.
Result<RegroupingPlan> plan_rules(
    const Environment& environment,
    std::size_t most_changes,
    const identity::Model* model = nullptr,
    std::stop_token stop = {}
);

/// Which customers of one state of the store became others in a later one.
Result<RegroupingPlan> compare_customers(
    store::Reader& before, store::Reader& after, std::size_t most_changes
);

/// Works out anew who is who, for every identity: commits before this kept to the rules of their
/// time. What people decided stands.
Result<void> apply_rules(const Environment& environment, std::stop_token stop = {});

}  // namespace touchline::ingest
