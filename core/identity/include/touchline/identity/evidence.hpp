// Why two records are one customer, or are not: every weight, in data and in words.
#pragma once

#include "touchline/identity/features.hpp"
#include "touchline/identity/model.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace touchline::identity {

/// One comparison's part in a score.
struct ComparisonEvidence {
    std::string comparison;  ///< "surname", or the field's name
    std::string level;       ///< "one_edit"
    std::string phrase;      ///< "differs by one typing error"
    std::string a, b;        ///< both normalised values
    std::uint32_t frequency =
        0;                 ///< records of the model that have the shared value; 0: none is shared
    double same = 0;       ///< P(this | the same person): m
    double unrelated = 0;  ///< P(this | unrelated): u
    double bits = 0;
};

struct PairEvidence {
    Score score;
    double prior_bits = 0;    ///< before anything is compared
    double related_bits = 0;  ///< at most 0: taken off because related people agree so as well
    double guard_bits = 0;    ///< at most 0: taken off by score.guard
    std::vector<ComparisonEvidence> comparisons;  ///< only what both records tell
    /// prior_bits, related_bits, guard_bits and the comparisons' bits add up to score.bits.
};

enum class Values { shown, masked };

PairEvidence weigh(
    const Model& model, const Features& a, const Features& b, Values values = Values::shown
);

/// One sentence: what joins the two or, when they are apart, the comparison that speaks most
/// against it.
std::string sentence_for(const PairEvidence& evidence);

/// Two parts of a cluster and the pair that connects them best.
struct Join {
    std::uint32_t a = 0, b = 0;  ///< places among the members
    double bits = 0;
};

/// The joins that hold a cluster together, strongest first: one fewer than it has members. The last
/// is the weakest.
std::vector<Join> joins_of(
    std::uint32_t members, const std::function<double(std::uint32_t, std::uint32_t)>& bits
);

}  // namespace touchline::identity
