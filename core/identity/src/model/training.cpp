#include "touchline/identity/training.hpp"

#include "candidates.hpp"
#include "related.hpp"
#include "text/hash.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace touchline::identity {

namespace {

constexpr std::uint64_t k_random_pairs = 200'000;
constexpr std::uint64_t k_candidate_pairs = 300'000;
constexpr std::uint64_t k_pairs_per_record = 120;
constexpr int k_rounds = 25;
constexpr double k_prior_pairs = 30;    // weight of the shipped chances, in pairs
constexpr double k_tiny_records = 500;  // below, the shipped chances weigh more
constexpr double k_prior_random = 20;

/// A pair reduced to what the rounds need: each comparison's level and the rarity of its value.
class Pairs {
public:
    explicit Pairs(std::size_t comparisons) : comparisons_(comparisons) {}

    void add(const Model& model, const Compared& compared) {
        for (std::size_t i = 0; i < comparisons_; ++i) {
            const auto level = compared.level[i];
            levels_.push_back(level);
            const auto& entry = levels_of(model.comparisons()[i].aspect)[level];
            shares_.push_back(
                entry.by_frequency
                    ? float(
                          model.frequencies.share(i, compared.kind[i], compared.value[i]) *
                          entry.chance
                      )
                    : 0.0F
            );
        }
    }
    std::size_t size() const { return levels_.size() / comparisons_; }
    const std::uint8_t* levels(std::size_t pair) const { return &levels_[pair * comparisons_]; }
    const float* shares(std::size_t pair) const { return &shares_[pair * comparisons_]; }

private:
    std::size_t comparisons_;
    std::vector<std::uint8_t> levels_;
    std::vector<float> shares_;
};

struct Posterior {
    double same = 0, related = 0;
};

/// The logarithms of a model's chances, looked up once a round.
class Logs {
public:
    explicit Logs(const Model& model) : model_(model) {
        for (std::size_t i = 0; i < model.chances.size(); ++i) {
            Row row;
            const auto& chances = model.chances[i];
            for (std::size_t l = 0; l < chances.same.size(); ++l) {
                const bool by_frequency = levels_of(model.comparisons()[i].aspect)[l].by_frequency;
                const double unrelated = by_frequency ? 1 : chances.unrelated[l];
                row.same.push_back(l == 0 ? 0 : std::log2(chances.same[l] / unrelated));
                row.related.push_back(l == 0 ? 0 : std::log2(chances.related[l] / unrelated));
            }
            rows_.push_back(std::move(row));
        }
    }

    Posterior of(const Pairs& pairs, std::size_t pair) const {
        const auto* levels = pairs.levels(pair);
        const auto* shares = pairs.shares(pair);
        double same = model_.prior_bits(), related = model_.related_prior_bits();
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (levels[i] == 0) continue;
            const double rarity = shares[i] > 0 ? -std::log2(double(shares[i])) : 0;
            same += rows_[i].same[levels[i]] + rarity;
            const double on_purpose = shared_on_purpose(model_.comparisons()[i].aspect);
            if (on_purpose < 0)
                related += rows_[i].related[levels[i]] + rarity;
            else if (shares[i] > 0)
                related += std::log2(1 - on_purpose + on_purpose / double(shares[i]));
            else
                related += std::log2(1 - on_purpose);
        }
        const double s = std::exp2(std::min(same, 500.0)), r = std::exp2(std::min(related, 500.0));
        return {s / (1 + s + r), r / (1 + s + r)};
    }

private:
    struct Row {
        std::vector<double> same, related;
    };
    const Model& model_;
    std::vector<Row> rows_;
};

/// Weighted counts of levels, turned into chances with the shipped ones as prior.
class Tally {
public:
    explicit Tally(const Model& model) {
        for (const auto& chances : model.chances) counts_.emplace_back(chances.same.size());
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

Pairs random_pairs(const Model& model, std::span<const Features> features) {
    Pairs pairs(model.comparisons().size());
    const std::uint64_t n = features.size();
    const auto add = [&](std::uint64_t a, std::uint64_t b) {
        pairs.add(model, compare(model.comparisons(), features[a], features[b]));
    };
    if (n * (n - 1) / 2 <= k_random_pairs) {
        for (std::uint64_t a = 0; a < n; ++a)
            for (auto b = a + 1; b < n; ++b) add(a, b);
        return pairs;
    }
    for (std::uint64_t i = 0; i < k_random_pairs; ++i) {
        const auto a = mix(2 * i + 1) % n, b = mix(2 * i + 2) % n;
        if (a != b) add(a, b);
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
    Rounds(Model& model, const Sample& candidates, const Pairs& random, std::size_t records)
        : model_(model), shipped_(model.chances), candidates_(candidates), random_(random) {
        all_pairs_ = double(records) * double(records - 1) / 2;
        prior_ = k_prior_pairs * std::max(1.0, k_tiny_records / double(records));
        model.same_share = std::min(0.05, 0.3 * double(records) / all_pairs_);
        model.related_share = std::min(0.05, 0.1 * double(records) / all_pairs_);
    }

    void run() {
        update_unrelated();
        update_from_candidates();
    }

private:
    void update_unrelated() {
        const Logs logs(model_);
        Tally unrelated(model_);
        for (std::size_t p = 0; p < random_.size(); ++p) {
            const auto posterior = logs.of(random_, p);
            unrelated.add(random_.levels(p), 1 - posterior.same - posterior.related);
        }
        for (std::size_t i = 0; i < shipped_.size(); ++i)
            unrelated.chances(
                i, shipped_[i].unrelated, k_prior_random, model_.chances[i].unrelated
            );
    }

    void update_from_candidates() {
        const Logs logs(model_);
        Tally same(model_), related(model_);
        double same_pairs = 0, related_pairs = 0;
        for (std::size_t p = 0; p < candidates_.pairs.size(); ++p) {
            const auto posterior = logs.of(candidates_.pairs, p);
            same.add(candidates_.pairs.levels(p), posterior.same);
            related.add(candidates_.pairs.levels(p), posterior.related);
            same_pairs += posterior.same;
            related_pairs += posterior.related;
        }
        for (std::size_t i = 0; i < shipped_.size(); ++i) {
            same.chances(i, shipped_[i].same, prior_, model_.chances[i].same);
            if (shared_on_purpose(model_.comparisons()[i].aspect) < 0)
                related.chances(i, shipped_[i].related, prior_, model_.chances[i].related);
        }
        model_.same_share = (same_pairs / candidates_.of_all + 1) / (all_pairs_ + 10);
        model_.related_share = (related_pairs / candidates_.of_all + 1) / (all_pairs_ + 10);
    }

    Model& model_;
    const std::vector<LevelChances> shipped_;
    const Sample& candidates_;
    const Pairs& random_;
    double all_pairs_ = 1, prior_ = k_prior_pairs;
};

}  // namespace

Model train(const FieldMap& fields, std::span<const Features> features, const Progress& progress) {
    Model model(fields);
    model.trained_on = features.size();
    if (features.size() < 2) return model;
    count_values(model, features);
    const Candidates candidates(features);
    model.block_max = choose_block_max(candidates);
    const auto random = random_pairs(model, features);
    const auto sample = candidate_pairs(model, features, candidates);
    Rounds rounds(model, sample, random, features.size());
    for (int round = 0; round < k_rounds; ++round) {
        rounds.run();
        if (progress) progress(double(round + 1) / k_rounds);
    }
    return model;
}

}  // namespace touchline::identity
