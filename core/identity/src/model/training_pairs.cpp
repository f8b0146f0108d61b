#include "training_pairs.hpp"

#include "fading.hpp"
#include "fetch.hpp"
#include "outline_scorer.hpp"
#include "related.hpp"
#include "text/hash.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace touchline::identity {

namespace {

constexpr std::uint64_t k_random_pairs = 60'000;
constexpr std::uint64_t k_random_pairs_min = 20'000;
constexpr std::uint64_t k_random_pairs_per_record = 12;  // more say the same again
constexpr std::uint64_t k_drawn_together = 32;           // records, in the cache at once
/// Bits below which a pair is a stranger to another as far as outlines tell. What is learnt may
/// make more of what they have in common: so one in some is looked at all the same.
constexpr double k_strangers = -10;
constexpr std::uint64_t k_one_in = 8;

constexpr float k_steps_per_bit = 4;

std::uint64_t step_of(float bits) {
    return std::uint64_t(std::int64_t(std::floor(bits * k_steps_per_bit)));
}

}  // namespace

void Pairs::add(const Model& model, const Compared& compared, double weight) {
    double same = 0, related = 0;
    for (std::size_t i = 0; i < comparisons_; ++i) {
        const auto level = compared.level[i];
        if (level == 0) continue;
        const auto aspect = model.comparisons()[i].aspect;
        const auto& entry = levels_of(aspect)[level];
        const double on_purpose = shared_on_purpose(aspect);
        if (entry.by_frequency) {
            const double share =
                entry.chance * model.frequencies.share(i, compared.kind[i], compared.value[i]);
            const double rarity = -std::log2(share);
            same += rarity - faded_bits(aspect, compared, i);
            related += on_purpose < 0 ? rarity : std::log2(1 - on_purpose + on_purpose / share);
        } else if (on_purpose >= 0) {
            related += std::log2(1 - on_purpose);
        }
    }
    const Rarity rarity{float(same), float(related)};
    auto hash = combine(step_of(rarity.same), step_of(rarity.related));
    for (std::size_t i = 0; i < comparisons_; ++i) hash = combine(hash, compared.level[i]);
    pairs_ += weight;
    const auto [found, is_new] = pattern_.try_emplace(hash, std::uint32_t(size()));
    if (is_new) {
        levels_.insert(
            levels_.end(), compared.level.begin(), compared.level.begin() + comparisons_
        );
        rarity_.push_back(rarity);
        weight_.push_back(float(weight));
        return;
    }
    auto& mean = rarity_[found->second];
    auto& all = weight_[found->second];
    all += float(weight);
    const float part = float(weight) / all;
    mean.same += (rarity.same - mean.same) * part;
    mean.related += (rarity.related - mean.related) * part;
}

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
    for (std::uint64_t draws = 0; pairs.pairs() < double(wanted);) {
        for (auto& record : drawn) record = mix(++draws) % n;
        for (std::size_t i = 0; i < drawn.size(); ++i)
            for (auto j = i + 1; j < drawn.size(); ++j)
                if (drawn[i] != drawn[j]) add(drawn[i], drawn[j]);
    }
    return pairs;
}

Sample candidate_pairs(
    const Model& model,
    std::span<const Features> features,
    const Candidates& candidates,
    std::uint64_t pairs_max
) {
    const auto about = candidates.pairs_within(model.block_max);
    const auto keep = about <= pairs_max ? 1.0 : double(pairs_max) / double(about);
    const auto limit = std::uint64_t(keep * double(1ULL << 32));
    const auto chosen = [](std::uint64_t what) { return mix(what) & 0xFFFFFFFFULL; };
    const Outlines outlines(model, features);
    const OutlineScorer glance(model, outlines);
    Sample sample{Pairs(model.comparisons().size()), keep};
    std::vector<Index> found;
    std::vector<std::pair<Index, double>> others;
    for (Index a = 0; a < features.size(); ++a) {
        if (chosen(a + 1) >= limit) continue;
        candidates.after(a, model.block_max, found);
        for (const auto b : found) outlines.fetch(b);
        others.clear();
        for (const auto b : found) {
            const auto most = glance.most(a, b);
            const bool strangers = std::max(most.same, most.related) < k_strangers;
            if (strangers && chosen(std::uint64_t(a) << 32 | b) % k_one_in != 0) continue;
            others.emplace_back(b, strangers ? double(k_one_in) : 1.0);
        }
        fetch_each(
            others.size(),
            [&](std::size_t i) -> const auto& { return features[others[i].first]; },
            [&](std::size_t i) {
                const auto& [b, weight] = others[i];
                sample.pairs.add(
                    model, compare(model.comparisons(), features[a], features[b]), weight
                );
            }
        );
    }
    return sample;
}

}  // namespace touchline::identity
