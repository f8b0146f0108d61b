#include "pair_scorer.hpp"

#include "comparison/aspects.hpp"

#include <algorithm>
#include <cmath>

namespace touchline::identity {

namespace {

/// Sums in another order differ in their last digits.
constexpr double k_rounding = 1e-6;

/// Names cost most, and pairs are candidates because names agree more often than for any other
/// reason.
int cost_of(Aspect aspect) {
    switch (aspect) {
        case Aspect::birth:
            return 0;
        case Aspect::exclusive_id:
        case Aspect::handle:
            return 2;
        case Aspect::phone:
            return 1;
        case Aspect::given_name:
        case Aspect::surname:
            return 5;
        case Aspect::email:
        case Aspect::address:
            return 3;
        default:
            return 4;
    }
}

/// The most that any agreement in it can weigh: with a shared value, one that is as rare as any.
double most_of_comparison(const Model& model, std::size_t place) {
    double most = 0;
    const auto levels = levels_of(model.comparisons()[place].aspect);
    for (std::uint8_t level = 1; level < levels.size(); ++level) {
        Compared compared;
        compared.level[place] = level;
        // Of a value that was never seen each kind has the rarest.
        for (std::uint8_t kind = 0; kind < k_value_kinds; ++kind) {
            compared.kind[place] = kind;
            most = std::max(most, model.weights(compared, place).same);
        }
    }
    return most;
}

}  // namespace

PairScorer::PairScorer(const Model& model) : model_(model), most_() {
    const auto& comparisons = model.comparisons();
    for (std::size_t i = 0; i < comparisons.size(); ++i) {
        most_[i] = most_of_comparison(model, i);
        if (comparisons[i].aspect != Aspect::surname) order_.push_back(std::uint8_t(i));
    }
    std::ranges::stable_sort(order_, {}, [&](std::uint8_t i) {
        return cost_of(comparisons[i].aspect);
    });
}

std::uint32_t PairScorer::told_by(const Features& features) const {
    return identity::told_by(model_.comparisons(), features);
}

double PairScorer::most_of(std::uint32_t told) const {
    double most = model_.prior_bits();
    for (std::size_t i = 0; i < model_.comparisons().size(); ++i)
        if ((told >> i) & 1U) most += most_[i];
    return most;
}

std::optional<double> PairScorer::bits_unless_below(
    double from, const Features& a, const Features& b, std::uint32_t told
) const {
    constexpr std::size_t k_given = std::size_t(Aspect::given_name);
    constexpr std::size_t k_surname = std::size_t(Aspect::surname);
    double most = most_of(told);
    if (most + k_rounding < from) return std::nullopt;
    Compared compared;
    for (const auto i : order_) {
        if (((told >> i) & 1U) == 0) continue;
        compare_at(model_.comparisons(), i, a, b, compared);
        most += model_.weights(compared, i).same - most_[i];
        if (i == k_given) most += model_.weights(compared, k_surname).same - most_[k_surname];
        if (most + k_rounding < from) return std::nullopt;
    }
    compare_wholes(a, b, compared);
    return model_.score(compared).bits;
}

std::optional<double> PairScorer::bits_from(
    double from, const Features& a, const Features& b, std::uint32_t told
) const {
    const auto bits = bits_unless_below(from, a, b, told);
    return bits && *bits >= from ? bits : std::nullopt;
}

double PairScorer::clipped_bits(
    const LinkageOptions& options, const Features& a, const Features& b, std::uint32_t told
) const {
    Compared wholes;
    compare_wholes(a, b, wholes);
    if (wholes.suffix_conflict) return model_.score(a, b).bits;
    return bits_unless_below(options.lowest, a, b, told).value_or(options.lowest);
}

}  // namespace touchline::identity
