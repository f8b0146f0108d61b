// Model::score() for those who look at many pairs and care for the likely ones only: it stops
// comparing as soon as what is left cannot bring a pair up to the limit.
#pragma once

#include "touchline/identity/linkage.hpp"
#include "touchline/identity/model.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace touchline::identity {

/// Keeps a reference to the model, which must not change meanwhile. Any thread.
class PairScorer {
public:
    explicit PairScorer(const Model& model);

    /// Which comparisons a record tells anything for; once for each record.
    std::uint32_t told_by(const Features& features) const;

    /// Exactly Model::score().bits where those are at least `from`, else nothing. `told` by both.
    std::optional<double> bits_from(
        double from, const Features& a, const Features& b, std::uint32_t told
    ) const;

    /// What link() makes of a pair: Model::score().bits, or options.lowest for less; but for a pair
    /// that is never joined, the bits that say so.
    double clipped_bits(
        const LinkageOptions& options, const Features& a, const Features& b, std::uint32_t told
    ) const;

private:
    /// Nothing when the pair certainly has less than `from` bits.
    std::optional<double> bits_unless_below(
        double from, const Features& a, const Features& b, std::uint32_t told
    ) const;
    double most_of(std::uint32_t told) const;

    const Model& model_;
    std::vector<std::uint8_t> order_;             ///< cheap and telling comparisons first
    std::array<double, k_comparisons_max> most_;  ///< what a comparison adds at most
};

}  // namespace touchline::identity
