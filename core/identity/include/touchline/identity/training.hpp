// Learning a model from unlabelled records.
#pragma once

#include "touchline/identity/candidates.hpp"
#include "touchline/identity/features.hpp"
#include "touchline/identity/model.hpp"

#include <functional>
#include <span>

namespace touchline::identity {

/// Told how far training is, from 0 to 1.
using Progress = std::function<void(double)>;

/// Expectation maximisation over pairs that share a blocking key, with the chances of unrelated
/// pairs taken from random ones, and the shipped chances as a prior that a few hundred records
/// outweigh. `features` in the order of the record ids: then the model depends on the set alone.
Model train(
    const FieldMap& fields, std::span<const Features> features, const Progress& progress = {}
);
/// The same where the candidates of these features are at hand.
Model train(
    const FieldMap& fields,
    std::span<const Features> features,
    const Candidates& candidates,
    const Progress& progress = {}
);

}  // namespace touchline::identity
