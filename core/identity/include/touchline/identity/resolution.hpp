// Who is who in a whole set of records at once.
#pragma once

#include "touchline/identity/candidates.hpp"
#include "touchline/identity/features.hpp"
#include "touchline/identity/linkage.hpp"
#include "touchline/identity/model.hpp"
#include "touchline/identity/training.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace touchline::identity {

/// Marks the addresses and numbers that more than `sharers_max` differing names use: they stop
/// being evidence for one person. Depends on the set alone.
void mark_shared(std::span<Features> features, std::size_t sharers_max);

/// The cluster of each record, named by its first member. `features` in the order of the record
/// ids and marked; constraints by place in it.
std::vector<std::uint32_t> resolve(
    const Model& model,
    std::span<const Features> features,
    const Constraints& constraints = {},
    const Progress& progress = {}
);
/// The same where the candidates of these features are at hand.
std::vector<std::uint32_t> resolve(
    const Model& model,
    std::span<const Features> features,
    const Candidates& candidates,
    const Constraints& constraints = {},
    const Progress& progress = {}
);

}  // namespace touchline::identity
