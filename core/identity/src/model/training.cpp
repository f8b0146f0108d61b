#include "touchline/identity/training.hpp"

#include "credible.hpp"
#include "related.hpp"
#include "training_pairs.hpp"

#include "touchline/identity/candidates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace touchline::identity {

namespace {

constexpr std::uint64_t k_pairs_per_record = 120;
constexpr int k_rounds_max = 40;
constexpr int k_random_rounds = 4;      // after which the chances of unrelated pairs stand
constexpr double k_settled = 0.001;     // when the shares move by less, it is done
constexpr double k_prior_pairs = 30;    // weight of the shipped chances, in pairs
constexpr double k_tiny_records = 500;  // below, the shipped chances weigh more
constexpr double k_prior_random = 20;
/// A level that no random pair shows may still come about by chance: so many pairs are assumed,
/// where the shipped chance is not lower. Else a few records' luck decides what it weighs.
constexpr double k_unseen_pairs = 0.2;

struct Posterior {
    double same = 0, related = 0;
};

/// The logarithms of the chances of one round.
class Logs {
public:
    Logs(const Model& model, const std::vector<LevelChances>& chances)
        : prior_same_(model.prior_bits()), prior_related_(model.related_prior_bits()) {
        for (std::size_t i = 0; i < chances.size(); ++i) {
            const auto aspect = model.comparisons()[i].aspect;
            const bool learnt = shared_on_purpose(aspect) < 0;
            auto& row = rows_.emplace_back();
            for (std::size_t l = 1; l < chances[i].same.size(); ++l) {
                const double unrelated =
                    levels_of(aspect)[l].by_frequency ? 1 : chances[i].unrelated[l];
                row[l].same = std::log2(chances[i].same[l] / unrelated);
                if (learnt) row[l].related = std::log2(chances[i].related[l] / unrelated);
            }
        }
    }

    Posterior of(const Pairs& pairs, std::size_t pair) const {
        const auto* levels = pairs.levels(pair);
        double same = prior_same_ + double(pairs.rarity(pair).same);
        double related = prior_related_ + double(pairs.rarity(pair).related);
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            same += rows_[i][levels[i]].same;
            related += rows_[i][levels[i]].related;
        }
        if (same < k_negligible && related < k_negligible) return {};
        const double s = std::exp2(std::min(same, 500.0)), r = std::exp2(std::min(related, 500.0));
        return {s / (1 + s + r), r / (1 + s + r)};
    }

private:
    static constexpr double k_negligible = -24;
    static constexpr std::size_t k_levels_max = 12;
    double prior_same_, prior_related_;
    std::vector<std::array<Weights, k_levels_max>> rows_;
};

/// Weighted counts of levels, turned into chances with the shipped ones as prior.
class Tally {
public:
    explicit Tally(const Model& model) {
        for (const auto& chances : model.chances()) counts_.emplace_back(chances.same.size());
    }
    void add(const std::uint8_t* levels, double weight) {
        for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i][levels[i]] += weight;
    }
    void chances(
        std::size_t i, const std::vector<double>& shipped, double prior, std::vector<double>& out
    ) const {
        double seen = 0, sum = 0;
        for (std::size_t l = 1; l < shipped.size(); ++l) seen += counts_[i][l], sum += shipped[l];
        for (std::size_t l = 1; l < shipped.size(); ++l)
            out[l] = (counts_[i][l] + prior * shipped[l] / sum) / (seen + prior);
    }

private:
    std::vector<std::vector<double>> counts_;
};

void count_values(Model& model, std::span<const Features> features) {
    for (const auto& feature : features)
        for (const auto& value : counted_values(model.comparisons(), feature))
            model.frequencies.add(value.comparison, value.kind, value.value);
    model.frequencies.forget_rare();
}

std::size_t choose_block_max(const Candidates& candidates) {
    constexpr auto k_sizes = std::to_array<std::size_t>({300, 200, 140, 100, 70, 50, 35});
    for (const auto size : k_sizes)
        if (candidates.pairs_within(size) <= k_pairs_per_record * candidates.size()) return size;
    return k_sizes.back();
}

/// Where the rounds begin.
void assume_shares(Model& model, std::size_t records) {
    const double all_pairs = double(records) * double(records - 1) / 2;
    model.same_share = std::min(0.05, 0.3 * double(records) / all_pairs);
    model.related_share = std::min(0.05, 0.1 * double(records) / all_pairs);
}

class Rounds {
public:
    Rounds(Model& model, const Sample& candidates, const Pairs& random, std::size_t records)
        : model_(model),
          shipped_(model.chances()),
          chances_(model.chances()),
          candidates_(candidates),
          random_(random),
          records_(records) {
        all_pairs_ = double(records) * double(records - 1) / 2;
        prior_ = k_prior_pairs * std::max(1.0, k_tiny_records / double(records));
    }

    void run(const Progress& progress, TrainingNotes& notes) {
        settle(progress);
        if (classes_swapped(model_, chances_)) {
            start_from_related();
            settle(progress);
            const bool again = classes_swapped(model_, chances_);
            if (again) fall_back();
            notes.push_back(
                again ? "What makes two records the same could not be told from what makes them "
                        "related: the shipped chances are used."
                      : "What many related records have in common was taken for what the same "
                        "have: learnt again, with that as the mark of the related."
            );
        }
        for (const auto i : out_of_order(model_, chances_)) {
            chances_[i].same = shipped_[i].same;
            notes.push_back(
                "\"" + model_.comparisons()[i].name +
                "\" would be equal less often for the same than for strangers: its shipped chances "
                "are used."
            );
        }
        model_.set_chances(chances_);
    }

private:
    void settle(const Progress& progress) {
        for (int round = 0; round < k_rounds_max; ++round) {
            const double before = model_.same_share, related_before = model_.related_share;
            if (round < k_random_rounds) update_unrelated();
            update_from_candidates();
            if (progress) progress(double(round + 1) / k_rounds_max);
            const bool settled =
                alike(before, model_.same_share) && alike(related_before, model_.related_share);
            if (round >= k_random_rounds && settled) break;
        }
    }

    /// What took the place of the same becomes the related, and the same begin as shipped.
    void start_from_related() {
        const double many = model_.same_share;
        assume_shares(model_, records_);
        model_.related_share = many;
        for (std::size_t i = 0; i < shipped_.size(); ++i) {
            if (shared_on_purpose(model_.comparisons()[i].aspect) < 0)
                chances_[i].related = chances_[i].same;
            chances_[i].same = shipped_[i].same;
        }
    }

    void fall_back() {
        assume_shares(model_, records_);
        for (std::size_t i = 0; i < shipped_.size(); ++i) {
            chances_[i].same = shipped_[i].same;
            chances_[i].related = shipped_[i].related;
        }
    }

    static bool alike(double a, double b) { return std::abs(a - b) <= k_settled * b; }

    void update_unrelated() {
        const Logs logs(model_, chances_);
        Tally unrelated(model_);
        for (std::size_t p = 0; p < random_.size(); ++p) {
            const auto posterior = logs.of(random_, p);
            unrelated.add(
                random_.levels(p), random_.weight(p) * (1 - posterior.same - posterior.related)
            );
        }
        const double unseen = k_unseen_pairs / random_.pairs();
        for (std::size_t i = 0; i < shipped_.size(); ++i) {
            const auto& shipped = shipped_[i].unrelated;
            auto& learnt = chances_[i].unrelated;
            unrelated.chances(i, shipped, k_prior_random, learnt);
            for (std::size_t l = 1; l < learnt.size(); ++l)
                learnt[l] = std::max(learnt[l], std::min(unseen, shipped[l]));
        }
    }

    void update_from_candidates() {
        const Logs logs(model_, chances_);
        Tally same(model_), related(model_);
        double same_pairs = 0, related_pairs = 0;
        for (std::size_t p = 0; p < candidates_.pairs.size(); ++p) {
            const auto posterior = logs.of(candidates_.pairs, p);
            if (posterior.same + posterior.related == 0) continue;
            const double weight = candidates_.pairs.weight(p);
            same.add(candidates_.pairs.levels(p), weight * posterior.same);
            related.add(candidates_.pairs.levels(p), weight * posterior.related);
            same_pairs += weight * posterior.same;
            related_pairs += weight * posterior.related;
        }
        for (std::size_t i = 0; i < shipped_.size(); ++i) {
            same.chances(i, shipped_[i].same, prior_, chances_[i].same);
            if (shared_on_purpose(model_.comparisons()[i].aspect) < 0)
                related.chances(i, shipped_[i].related, prior_, chances_[i].related);
        }
        model_.same_share = (same_pairs / candidates_.of_all + 1) / (all_pairs_ + 10);
        model_.related_share = (related_pairs / candidates_.of_all + 1) / (all_pairs_ + 10);
    }

    Model& model_;
    const std::vector<LevelChances> shipped_;
    std::vector<LevelChances> chances_;
    const Sample& candidates_;
    const Pairs& random_;
    const std::size_t records_;
    double all_pairs_ = 1, prior_ = k_prior_pairs;
};

}  // namespace

Model train(const FieldMap& fields, std::span<const Features> features, const Progress& progress) {
    return train(fields, features, Candidates(features), progress);
}

Model train(
    const FieldMap& fields,
    std::span<const Features> features,
    const Candidates& candidates,
    const Progress& progress,
    TrainingNotes* notes,
    std::uint64_t pairs_max
) {
    Model model(fields);
    model.trained_on = features.size();
    if (features.size() < 2) return model;
    count_values(model, features);
    model.block_max = choose_block_max(candidates);
    assume_shares(model, features.size());
    const auto random = random_pairs(model, features);
    const auto sample = candidate_pairs(model, features, candidates, pairs_max);
    TrainingNotes unread;
    Rounds(model, sample, random, features.size()).run(progress, notes ? *notes : unread);
    return model;
}

}  // namespace touchline::identity
