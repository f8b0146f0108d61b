#include "touchline/identity/model.hpp"

#include "comparison/levels.hpp"
#include "model/fading.hpp"
#include "model/related.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

namespace touchline::identity {

namespace {

/// What a guarded pair keeps: enough for the review queue, not enough to join.
constexpr double k_held = -0.5;
constexpr std::size_t k_birth = std::size_t(Aspect::birth);
constexpr double k_apart = -10;
/// So much likelier it is that related people share a birthday when they share a home and a surname
/// and have given names of their own: one such pair in a few are twins.
constexpr double k_twins = 8;
/// A conflict that so much else contradicts is an error of the source.
constexpr double k_outweighed = 10;
/// So much may a model overrate what it finds that has counted no company's records: it does not
/// know which names and streets are common there.
constexpr double k_unlearnt = 3;
/// No other record brings these together.
constexpr double k_never = -1000;
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

double bits_left_by(Guard guard) {
    switch (guard) {
        case Guard::none:
            return std::numeric_limits<double>::infinity();
        case Guard::only_names:
            return k_held;
        case Guard::suffix:
            return k_never;
        default:
            return k_apart;
    }
}

/// What not even a household shares, but for a mailbox that is not known to be shared.
bool is_own(Aspect aspect, std::uint8_t level) {
    if (aspect == Aspect::email) return level == email_level::equal || level == email_level::close;
    if (aspect == Aspect::handle) return level != 0 && level <= handle_level::close;
    return aspect == Aspect::exclusive_id && level != 0 && level <= id_level::two_edits;
}

/// What hardly two people of one household or company share.
bool is_personal(Aspect aspect, std::uint8_t level) {
    if (aspect == Aspect::phone) return level == phone_level::equal || level == phone_level::close;
    return is_own(aspect, level);
}

bool any_own(std::span<const Comparison> comparisons, const Compared& compared) {
    for (std::size_t i = 0; i < comparisons.size(); ++i)
        if (is_own(comparisons[i].aspect, compared.level[i])) return true;
    return false;
}

/// Everything that twins share, and a given name that is another one.
bool like_twins(const Compared& compared) {
    const auto of = [&](Aspect aspect) { return compared.level[std::size_t(aspect)]; };
    const auto surname = of(Aspect::surname), address = of(Aspect::address);
    const bool home = address == address_level::line || address == address_level::line_other_unit ||
                      of(Aspect::phone) == phone_level::equal;
    return home && of(Aspect::given_name) == given_level::different &&
           (surname == surname_level::equal || surname == surname_level::close) &&
           of(Aspect::birth) == birth_level::equal;
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
        case Guard::organisation:
            return "organisation";
    }
    return "none";
}

Model::Model(FieldMap fields) : fields_(std::move(fields)), comparisons_(comparisons_for(fields_)) {
    std::vector<LevelChances> shipped;
    for (const auto& comparison : comparisons_)
        shipped.push_back(shipped_chances(comparison.aspect));
    set_chances(std::move(shipped));
}

void Model::set_chances(std::vector<LevelChances> chances) {
    chances_ = std::move(chances);
    level_weights_.clear();
    for (std::size_t i = 0; i < comparisons_.size(); ++i) {
        const auto levels = levels_of(comparisons_[i].aspect);
        const double on_purpose = shared_on_purpose(comparisons_[i].aspect);
        auto& weights = level_weights_.emplace_back().by_level;
        for (std::size_t l = 0; l < levels.size(); ++l) {
            const double unrelated =
                levels[l].by_frequency ? levels[l].chance : chances_[i].unrelated[l];
            const double related = on_purpose < 0 ? std::log2(chances_[i].related[l] / unrelated)
                                                  : std::log2(1 - on_purpose);
            weights.push_back({std::log2(chances_[i].same[l] / unrelated), related});
        }
    }
}

double Model::prior_bits() const {
    return std::log2(same_share) - (trained_on == 0 ? k_unlearnt : 0);
}
double Model::related_prior_bits() const {
    return std::log2(related_share);
}

Weights Model::weights(const Compared& compared, std::size_t comparison) const {
    const auto at = compared.level[comparison];
    if (at == 0) return {};
    auto weights = level_weights_[comparison].by_level[at];
    const auto aspect = comparisons_[comparison].aspect;
    const auto& level = levels_of(aspect)[at];
    if (!level.by_frequency) return weights;
    const auto kind = compared.kind[comparison];
    // A model that has counted no such values goes by what is known of them beforehand.
    const double share = frequencies.total(comparison, kind) == 0
                             ? level.unrelated / level.chance
                             : frequencies.share(comparison, kind, compared.value[comparison]);
    const double rarity = -std::log2(share);
    const double on_purpose = shared_on_purpose(aspect);
    weights.same += rarity - faded_bits(aspect, compared, comparison);
    weights.related = on_purpose < 0
                          ? weights.related + rarity
                          : std::log2(1 - on_purpose + on_purpose / (share * level.chance));
    return weights;
}

Score Model::score(const Features& a, const Features& b) const {
    return score(compare(comparisons_, a, b));
}

Score Model::score(const Compared& compared) const {
    double same = prior_bits(), related = related_prior_bits();
    for (std::size_t i = 0; i < comparisons_.size(); ++i) {
        if (compared.level[i] == 0) continue;
        const auto one = weights(compared, i);
        same += one.same;
        related += one.related;
    }
    if (like_twins(compared) && !any_own(comparisons_, compared)) related += k_twins;
    Score score{same - log2_sum(related, 0), related, Guard::none};
    score.guard = guard_for(compared, score.bits);
    score.bits = std::min(score.bits, bits_left_by(score.guard));
    return score;
}

/// Only a guard that lowers `bits` is named.
Guard Model::guard_for(const Compared& compared, double bits) const {
    if (guards.suffix && compared.suffix_conflict) return Guard::suffix;
    if (bits <= k_apart) return Guard::none;
    bool other_evidence = false, other_compared = false, personal = false, own_ids = false;
    for (std::size_t i = 0; i < comparisons_.size(); ++i) {
        const auto aspect = comparisons_[i].aspect;
        const auto level = compared.level[i];
        if (is_name(aspect)) continue;
        other_compared = other_compared || frequencies.total(i, value_kind::own) > 0;
        other_evidence = other_evidence || (level != 0 && weights(compared, i).same > 1);
        personal = personal || is_personal(aspect, level);
        own_ids = own_ids || (aspect == Aspect::exclusive_id && level == id_level::different);
    }
    const auto birth = compared.level[k_birth];
    const bool birth_agrees = birth != birth_level::unknown && birth <= birth_level::two_parts;
    const bool outweighed = bits >= k_outweighed;
    if (compared.person_and_organisation && !any_own(comparisons_, compared))
        return Guard::organisation;
    if (guards.exclusive_id && !outweighed && own_ids && !personal && !birth_agrees)
        return Guard::exclusive_id;
    if (guards.generation && !outweighed && !personal && birth == birth_level::generation)
        return Guard::generation;
    const bool only_names = other_compared && !other_evidence && bits > k_held;
    return guards.only_names && only_names ? Guard::only_names : Guard::none;
}

}  // namespace touchline::identity
