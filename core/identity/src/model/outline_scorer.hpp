// How likely what two records show at a glance makes them the same at most.
#pragma once

#include "outlines.hpp"

#include "touchline/identity/model.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace touchline::identity {

/// The most that Model::score() can make of two outlines. Keeps references to both.
class OutlineScorer {
public:
    OutlineScorer(const Model& model, const Outlines& outlines);

    /// `same` is at least the score's bits, `related` at least its related_bits but for the
    /// additional weight against twins. Symmetric.
    Weights most(Index a, Index b) const;

private:
    /// Enough for every aspect's views.
    static constexpr std::size_t k_views_max = 13;
    /// Of one comparison.
    struct Most {
        std::array<Weights, k_views_max> by_view;
        /// With a shared value as rare as any, by its kind; less for one that is less rare only
        /// where it is learnt how many related people share one.
        std::array<Weights, k_value_kinds> by_kind;
        bool related_by_rarity = false;
    };

    class Glance;

    const Outlines& outlines_;
    Weights prior_;
    std::vector<Aspect> extras_;
    std::array<Most, k_comparisons_max> most_{};
};

}  // namespace touchline::identity
