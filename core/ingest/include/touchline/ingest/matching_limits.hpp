// How much evidence joins, and how much makes people be asked.
#pragma once

namespace touchline::ingest {

struct MatchingLimits {
    /// Bits from which a likeness joins. High: a name and a mailbox that look alike are shared by
    /// namesakes more often than models believe, and a wrong join costs more than a question.
    double join_from = 12;
    /// Bits from which people are asked. Who is asked too much answers nothing.
    double review_from = 2;

    bool operator==(const MatchingLimits&) const = default;
};

}  // namespace touchline::ingest
