#include "touchline/identity/training.hpp"

#include "fading.hpp"
#include "related.hpp"
#include "text/hash.hpp"

#include "touchline/identity/candidates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace touchline::identity {

namespace {

constexpr std::uint64_t k_random_pairs = 60'000;
constexpr std::uint64_t k_random_pairs_min = 20'000;
constexpr std::uint64_t k_random_pairs_per_record = 12;  // more say the same again
constexpr std::uint64_t k_drawn_together = 32;           // records, in the cache at once
constexpr std::uint64_t k_candidate_pairs = 150'000;
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

/// A pair reduced to what the rounds need: each comparison's level, and what the rarity of the
/// shared values adds to each class, which the rounds do not change.
class Pairs {
public:
    explicit Pairs(std::size_t comparisons) : comparisons_(comparisons) {}

    void add(const Model& model, const Compared& compared) {
        double same = 0, related = 0;
        for (std::size_t i = 0; i < comparisons_; ++i) {
            const auto level = compared.level[i];
            levels_.push_back(level);
            const auto aspect = model.comparisons()[i].aspect;
            const auto& entry = levels_of(aspect)[level];
            const double on_purpose = shared_on_purpose(aspect);
            if (entry.by_frequency) {
                const double share =
                    entry.chance * model.frequencies.share(i, compared.kind[i], compared.value[i]);
                same -= std::log2(share) + faded_bits(aspect, compared, i);
                related += on_purpose < 0 ? -std::log2(share)
                                          : std::log2(1 - on_purpose + on_purpose / share);
            } else if (level != 0 && on_purpose >= 0) {
                related += std::log2(1 - on_purpose);
            }
        }
        rarity_.push_back({float(same), float(related)});
        weight_.push_back(1);
    }
    std::size_t size() const { return rarity_.size(); }
    const std::uint8_t* levels(std::size_t pair) const { return &levels_[pair * comparisons_]; }

    struct Rarity {
        float same, related;
    };
    const Rarity& rarity(std::size_t pair) const { return rarity_[pair]; }
    /// For how many pairs it stands.
    double weight(std::size_t pair) const { return weight_[pair]; }

    /// Keeps the pairs of these places, which ascend. Those of the same levels and nearly the same
    /// rarities become one that stands for all.
    void keep(std::span<const std::uint32_t> places) {
        std::unordered_map<std::uint64_t, std::uint32_t> folded;
        folded.reserve(places.size());
        std::uint32_t kept = 0;
        for (const auto place : places) {
            const auto [found, is_new] = folded.try_emplace(pattern_of(place), kept);
            if (!is_new) {
                fold(place, found->second);
                continue;
            }
            std::copy_n(levels(place), comparisons_, &levels_[kept * comparisons_]);
            rarity_[kept] = rarity_[place];
            weight_[kept++] = weight_[place];
        }
        levels_.resize(kept * comparisons_);
        rarity_.resize(kept);
        weight_.resize(kept);
    }

private:
    static constexpr float k_steps_per_bit = 4;

    std::uint64_t pattern_of(std::size_t pair) const {
        const auto step = [](float bits) {
            return std::uint64_t(std::int64_t(std::floor(bits * k_steps_per_bit)));
        };
        auto pattern = combine(step(rarity_[pair].same), step(rarity_[pair].related));
        for (std::size_t i = 0; i < comparisons_; ++i) pattern = combine(pattern, levels(pair)[i]);
        return pattern;
    }
    void fold(std::size_t pair, std::size_t into) {
        const float all = weight_[into] + weight_[pair];
        rarity_[into].same += (rarity_[pair].same - rarity_[into].same) * weight_[pair] / all;
        rarity_[into].related +=
            (rarity_[pair].related - rarity_[into].related) * weight_[pair] / all;
        weight_[into] = all;
    }

    std::size_t comparisons_;
    std::vector<std::uint8_t> levels_;
    std::vector<Rarity> rarity_;
    std::vector<float> weight_;
};

/// A pair so unlikely to be anything but unrelated plays no part in later rounds.
constexpr double k_hopeless = 1e-7;

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
    static constexpr double k_negligible = -24;  // below k_hopeless
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

/// Pairs of records drawn at random, a few dozen records at a time with all of their pairs: as each
/// record meets few others, that is as good as pairs drawn one by one, and far quicker.
Pairs random_pairs(const Model& model, std::span<const Features> features) {
    Pairs pairs(model.comparisons().size());
    const std::uint64_t n = features.size();
    const auto add = [&](std::uint64_t a, std::uint64_t b) {
        pairs.add(model, compare(model.comparisons(), features[a], features[b]));
    };
    const auto wanted =
        std::clamp(k_random_pairs_per_record * n, k_random_pairs_min, k_random_pairs);
    if (n * (n - 1) / 2 <= wanted) {
        for (std::uint64_t a = 0; a < n; ++a)
            for (auto b = a + 1; b < n; ++b) add(a, b);
        return pairs;
    }
    std::array<std::uint64_t, k_drawn_together> drawn{};
    for (std::uint64_t draws = 0; pairs.size() < wanted;) {
        for (auto& record : drawn) record = mix(++draws) % n;
        for (std::size_t i = 0; i < drawn.size(); ++i)
            for (auto j = i + 1; j < drawn.size(); ++j)
                if (drawn[i] != drawn[j]) add(drawn[i], drawn[j]);
    }
    return pairs;
}

struct Sample {
    Pairs pairs;
    double of_all = 1;  ///< which share of the candidate pairs it is
};

Sample candidate_pairs(
    const Model& model, std::span<const Features> features, const Candidates& candidates
) {
    const auto about = candidates.pairs_within(model.block_max);
    const auto keep =
        about <= 2 * k_candidate_pairs ? 1.0 : 2.0 * double(k_candidate_pairs) / double(about);
    const auto limit = std::uint64_t(keep * double(1ULL << 32));
    Sample sample{Pairs(model.comparisons().size()), keep};
    std::vector<Index> found;
    for (Index a = 0; a < features.size(); ++a) {
        candidates.after(a, model.block_max, found);
        for (const auto b : found)
            if ((mix((std::uint64_t(a) << 32) | b) & 0xFFFFFFFFULL) < limit)
                sample.pairs.add(model, compare(model.comparisons(), features[a], features[b]));
    }
    return sample;
}

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

class Rounds {
public:
    Rounds(Model& model, Sample& candidates, const Pairs& random, std::size_t records)
        : model_(model),
          shipped_(model.chances()),
          chances_(model.chances()),
          candidates_(candidates),
          random_(random) {
        all_pairs_ = double(records) * double(records - 1) / 2;
        prior_ = k_prior_pairs * std::max(1.0, k_tiny_records / double(records));
        model.same_share = std::min(0.05, 0.3 * double(records) / all_pairs_);
        model.related_share = std::min(0.05, 0.1 * double(records) / all_pairs_);
    }

    void run(const Progress& progress) {
        for (int round = 0; round < k_rounds_max; ++round) {
            const double before = model_.same_share, related_before = model_.related_share;
            if (round < k_random_rounds) update_unrelated();
            update_from_candidates(round == k_random_rounds);
            if (progress) progress(double(round + 1) / k_rounds_max);
            const bool settled =
                alike(before, model_.same_share) && alike(related_before, model_.related_share);
            if (round >= k_random_rounds && settled) break;
        }
        model_.set_chances(chances_);
    }

private:
    static bool alike(double a, double b) { return std::abs(a - b) <= k_settled * b; }

    void update_unrelated() {
        const Logs logs(model_, chances_);
        Tally unrelated(model_);
        for (std::size_t p = 0; p < random_.size(); ++p) {
            const auto posterior = logs.of(random_, p);
            unrelated.add(random_.levels(p), 1 - posterior.same - posterior.related);
        }
        const double unseen = k_unseen_pairs / double(random_.size());
        for (std::size_t i = 0; i < shipped_.size(); ++i) {
            const auto& shipped = shipped_[i].unrelated;
            auto& learnt = chances_[i].unrelated;
            unrelated.chances(i, shipped, k_prior_random, learnt);
            for (std::size_t l = 1; l < learnt.size(); ++l)
                learnt[l] = std::max(learnt[l], std::min(unseen, shipped[l]));
        }
    }

    void update_from_candidates(bool drop_hopeless) {
        const Logs logs(model_, chances_);
        Tally same(model_), related(model_);
        double same_pairs = 0, related_pairs = 0;
        std::vector<std::uint32_t> kept;
        for (std::size_t p = 0; p < candidates_.pairs.size(); ++p) {
            const auto posterior = logs.of(candidates_.pairs, p);
            if (posterior.same + posterior.related == 0) continue;
            if (drop_hopeless && posterior.same + posterior.related >= k_hopeless)
                kept.push_back(std::uint32_t(p));
            const double weight = candidates_.pairs.weight(p);
            same.add(candidates_.pairs.levels(p), weight * posterior.same);
            related.add(candidates_.pairs.levels(p), weight * posterior.related);
            same_pairs += weight * posterior.same;
            related_pairs += weight * posterior.related;
        }
        if (drop_hopeless) candidates_.pairs.keep(kept);
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
    Sample& candidates_;
    const Pairs& random_;
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
    const Progress& progress
) {
    Model model(fields);
    model.trained_on = features.size();
    if (features.size() < 2) return model;
    count_values(model, features);
    model.block_max = choose_block_max(candidates);
    const auto random = random_pairs(model, features);
    auto sample = candidate_pairs(model, features, candidates);
    Rounds(model, sample, random, features.size()).run(progress);
    return model;
}

}  // namespace touchline::identity
