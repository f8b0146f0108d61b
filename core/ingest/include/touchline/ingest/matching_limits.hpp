// How much evidence joins, and how much makes people be asked.
#pragma once

namespace touchline::ingest {

struct MatchingLimits {
    /// Bits from which a likeness joins: odds of 4000 to 1. A wrong join costs more than a question,
    /// and a model that is not learnt from the company's own records does not know its common names.
    double join_from = 12;
    /// Bits from which people are asked. Who is asked too much answers nothing.
    double review_from = 2;

    bool operator==(const MatchingLimits&) const = default;
};

}  // namespace touchline::ingest
