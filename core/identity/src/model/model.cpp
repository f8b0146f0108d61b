#include "touchline/identity/model.hpp"

#include "comparison/levels.hpp"
#include "model/related.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace touchline::identity {

namespace {

/// What a guarded pair keeps: enough for the review queue, not enough to join.
constexpr double k_held = -0.5;
constexpr double k_apart = -6;
bool is_name(Aspect aspect) {
    return aspect == Aspect::given_name || aspect == Aspect::surname;
}

LevelChances shipped_chances(Aspect aspect) {
    LevelChances chances;
    for (const auto& level : levels_of(aspect)) {
        chances.same.push_back(level.same);
        chances.unrelated.push_back(level.unrelated);
        // Household or company: half of them share what is shared on purpose.
        const bool personal = shared_on_purpose(aspect) >= 0;
        chances.related.push_back(
            personal ? level.unrelated : 0.5 * level.same + 0.5 * level.unrelated
        );
    }
    return chances;
}

double log2_sum(double a, double b) {
    const double high = std::max(a, b), low = std::min(a, b);
    return high + std::log2(1 + std::exp2(low - high));
}

}  // namespace

std::string_view to_string(Guard guard) {
    switch (guard) {
        case Guard::none:
            return "none";
        case Guard::only_names:
            return "only_names";
        case Guard::suffix:
            return "suffix";
        case Guard::exclusive_id:
            return "exclusive_id";
        case Guard::generation:
            return "generation";
        case Guard::given_name:
            return "given_name";
    }
    return "none";
}

Model::Model(FieldMap fields) : fields_(std::move(fields)), comparisons_(comparisons_for(fields_)) {
    for (const auto& comparison : comparisons_)
        chances.push_back(shipped_chances(comparison.aspect));
}

double Model::prior_bits() const {
    return std::log2(same_share);
}
double Model::related_prior_bits() const {
    return std::log2(related_share);
}

double Model::weight(const Compared& compared, std::size_t comparison) const {
    const auto level = compared.level[comparison];
    if (level == 0) return 0;
    const auto& entry = levels_of(comparisons_[comparison].aspect)[level];
    const double same = chances[comparison].same[level];
    if (!entry.by_frequency) return std::log2(same / chances[comparison].unrelated[level]);
    const double share =
        frequencies.share(comparison, compared.kind[comparison], compared.value[comparison]);
    return std::log2(same / (share * entry.chance));
}

double Model::related_weight(const Compared& compared, std::size_t comparison) const {
    const auto level = compared.level[comparison];
    if (level == 0) return 0;
    const auto aspect = comparisons_[comparison].aspect;
    const auto& entry = levels_of(aspect)[level];
    const double on_purpose = shared_on_purpose(aspect);
    if (!entry.by_frequency) {
        if (on_purpose >= 0) return std::log2(1 - on_purpose);
        return std::log2(chances[comparison].related[level] / chances[comparison].unrelated[level]);
    }
    const double share =
        frequencies.share(comparison, compared.kind[comparison], compared.value[comparison]);
    if (on_purpose >= 0) return std::log2(1 - on_purpose + on_purpose / (share * entry.chance));
    return std::log2(chances[comparison].related[level] / (share * entry.chance));
}

Score Model::score(const Features& a, const Features& b) const {
    return score(compare(comparisons_, a, b));
}

Score Model::score(const Compared& compared) const {
    double same = prior_bits(), related = related_prior_bits();
    for (std::size_t i = 0; i < comparisons_.size(); ++i) {
        if (compared.level[i] == 0) continue;
        same += weight(compared, i);
        related += related_weight(compared, i);
    }
    Score score{same - log2_sum(related, 0), related, Guard::none};
    if (score.bits < k_held) return score;
    score.guard = guard_for(compared);
    if (score.guard == Guard::only_names)
        score.bits = k_held;
    else if (score.guard != Guard::none)
        score.bits = k_apart;
    return score;
}

Guard Model::guard_for(const Compared& compared) const {
    if (guards.suffix && compared.suffix_conflict) return Guard::suffix;
    bool other_evidence = false, other_compared = false;
    for (std::size_t i = 0; i < comparisons_.size(); ++i) {
        if (is_name(comparisons_[i].aspect) || chances[i].same.empty()) continue;
        other_compared = other_compared || frequencies.total(i, value_kind::own) > 0;
        other_evidence = other_evidence || (compared.level[i] != 0 && weight(compared, i) > 1);
    }
    if (guards.only_names && other_compared && !other_evidence) return Guard::only_names;
    return Guard::none;
}

}  // namespace touchline::identity
