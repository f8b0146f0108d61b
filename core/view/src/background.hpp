// What the phases of a customer's touchpoints depend on beyond the touchpoints themselves.
#pragma once

#include "customer_keys.hpp"

#include "touchline/journey/phases.hpp"

#include <optional>

namespace touchline::view {

struct Background {
    journey::Standings standings;
    std::optional<Time> first;  ///< when the customer was first heard of
};

Result<Background> background(store::Reader& reader, const CustomerKeys& keys);

/// The phase that a touchpoint belongs to.
journey::PhaseFound phase_of(
    const journey::Vocabulary& vocabulary,
    const Background& background,
    const model::Touchpoint& touchpoint
);

}  // namespace touchline::view
