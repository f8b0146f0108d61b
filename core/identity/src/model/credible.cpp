#include "credible.hpp"

#include "comparison/levels.hpp"
#include "related.hpp"

#include <cmath>

namespace touchline::identity {

namespace {

/// The first level of every comparison that says anything.
constexpr std::size_t k_equal = 1;

bool is_told(const Model& model, std::size_t comparison) {
    return model.frequencies.total(comparison, value_kind::own) > 0;
}

}  // namespace

bool classes_swapped(const Model& model, std::span<const LevelChances> chances) {
    double same_agree_better = 0;
    for (std::size_t i = 0; i < chances.size(); ++i) {
        if (!is_told(model, i)) continue;
        const double on_purpose = shared_on_purpose(model.comparisons()[i].aspect);
        const double related = on_purpose < 0 ? chances[i].related[k_equal]
                                              : on_purpose + chances[i].unrelated[k_equal];
        same_agree_better += std::log2(chances[i].same[k_equal] / related);
    }
    return same_agree_better < 0;
}

std::vector<std::size_t> out_of_order(const Model& model, std::span<const LevelChances> chances) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < chances.size(); ++i) {
        const double strangers = chances[i].unrelated[k_equal];
        // What nearly all have in common is no mark of anybody, whatever the chances.
        const double shipped = levels_of(model.comparisons()[i].aspect)[k_equal].same;
        if (is_told(model, i) && chances[i].same[k_equal] < strangers && strangers < shipped)
            found.push_back(i);
    }
    return found;
}

}  // namespace touchline::identity
