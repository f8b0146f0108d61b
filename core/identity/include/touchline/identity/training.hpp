// Learning a model from unlabelled records.
#pragma once

#include "touchline/identity/candidates.hpp"
#include "touchline/identity/features.hpp"
#include "touchline/identity/model.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace touchline::identity {

/// Told how far training is, from 0 to 1.
using Progress = std::function<void(double)>;

/// What was not credible of what the pairs taught, and what is used in its place: sentences for
/// people. Mostly empty.
using TrainingNotes = std::vector<std::string>;

/// So many pairs, each counted once for each key they share, say what more of them would say.
inline constexpr std::uint64_t k_training_pairs = 300'000;

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
    const Progress& progress = {},
    TrainingNotes* notes = nullptr,
    std::uint64_t pairs_max = k_training_pairs
);

}  // namespace touchline::identity
