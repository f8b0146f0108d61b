// How much evidence joins, and how much makes people be asked.
#pragma once

namespace touchline::ingest {

struct MatchingLimits {
    /// Bits from which two customers are joined, in the mean over all pairs of their records. A
    /// model that is not learnt from the company's own records says less of itself.
    double join_from = 1;
    /// Bits of a pair from which people are asked. Who is asked too much answers nothing.
    double review_from = 0;

    bool operator==(const MatchingLimits&) const = default;
};

}  // namespace touchline::ingest
