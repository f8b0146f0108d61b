// What the journey strip shows: phases over time, how each of them felt, how much happened, and the
// moments worth a label. Pure: touchpoints in, figures out.
#pragma once

#include "touchline/journey/mood.hpp"
#include "touchline/journey/vocabulary.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace touchline::journey {

/// A touchpoint as the strip sees it.
struct Step {
    Time at{};
    const Phase* phase = nullptr;  ///< null: in none
    std::optional<double> mood;
    bool stated = false;  ///< the mood, by the customer
    bool quiet = false;   ///< automatic or passing: counts for volume, and for phases only where
                          ///< nothing else happened
};

/// One phase held on for so long.
struct Spell {
    const Phase* phase = nullptr;
    Time from{}, to{};
};

struct PhaseFigures {
    const Phase* phase = nullptr;
    std::int64_t touchpoints = 0;
    std::int64_t stated = 0, estimated = 0;             ///< measurements
    std::optional<double> mood, mood_estimated;         ///< their means
    std::optional<double> quartile_low, quartile_high;  ///< of what customers stated, from four on
    std::optional<Time> first, last;
};

/// The steps of [from, to) in `buckets` equal parts; the phase with most steps in a part holds it,
/// an empty part goes on as the one before it. Steps oldest first.
std::vector<Spell> spells(std::span<const Step> steps, Time from, Time to, std::size_t buckets);

/// How many touchpoints fall into each of `buckets` equal parts of [from, to).
std::vector<std::int64_t> volume(
    std::span<const Step> steps, Time from, Time to, std::size_t buckets
);

/// One entry per phase of the vocabulary, in its order.
std::vector<PhaseFigures> figures_by_phase(
    const Vocabulary& vocabulary, std::span<const Step> steps
);

/// The peaks, the lows and the latest of the feelings in [from, to), at most `limit`, oldest first.
std::vector<Feeling> moments(
    std::span<const Feeling> feelings, Time from, Time to, std::size_t limit
);

}  // namespace touchline::journey
