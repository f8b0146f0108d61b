// Which phase a touchpoint belongs to, and who says so.
#pragma once

#include "touchline/journey/standing.hpp"
#include "touchline/journey/vocabulary.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace touchline::journey {

/// What of a touchpoint its phase depends on.
struct Moment {
    Time at{};
    std::string_view kind;
    bool is_first = false;       ///< nothing of the customer is older
    std::optional<double> mood;  ///< as measured, from -1 to 1
    /// As the record or a person states it; empty: nobody does.
    std::string_view stated_phase, stated_by;
};

struct PhaseFound {
    const Phase* phase = nullptr;  ///< of the vocabulary; null where no rule fits
    std::string_view by;           ///< agent, source, mapping, journey, rule, table
};

/// A stated phase stands (an agent's, a source's, a mapping's, a declared journey's); else the
/// first rule that asks for the customer's standing and fits ("rule"); else the first plain one
/// ("table"). A stated phase that the vocabulary does not know counts as none.
PhaseFound phase_of(const Vocabulary& vocabulary, const Moment& moment, const Standings& standings);

}  // namespace touchline::journey
