// The cumulative experience of a customer: one number that can be opened up. Touchline's own, and
// labelled as such wherever it is shown.
//
//   CX = sum(w * e) / sum(w)      w = author * 2^(-age / half-life)
//
// e is a measurement from -1 to 1; the author's weight is 1 for the customer, 0.6 for an agent and
// 0.3 * confidence for a model or a rule (none where they do not say how sure they are).
#pragma once

#include "touchline/journey/mood.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <vector>

namespace touchline::journey {

struct ScoreOptions {
    std::chrono::hours half_life = std::chrono::hours(24 * 90);
    std::size_t contributions = 3;  ///< how many to list
};

struct Contribution {
    Feeling feeling;
    double share = 0;  ///< of the weight of all, 0 to 1
};

struct Score {
    double value = 0;              ///< -1 to 1
    double worst = 0, latest = 0;  ///< endings and lows dominate memory
    std::size_t measurements = 0;
    std::vector<Contribution> contributions;  ///< what moved it most, first
};

/// Nothing where nothing was measured. The feelings in any order, none later than `now`.
std::optional<Score> score_of(
    std::span<const Feeling> feelings, Time now, const ScoreOptions& options = {}
);

}  // namespace touchline::journey
