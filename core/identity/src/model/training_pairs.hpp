// The pairs that a model is learnt from, reduced to what the rounds of learning need.
#pragma once

#include "touchline/identity/candidates.hpp"
#include "touchline/identity/model.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace touchline::identity {

/// Of each pair the comparisons' levels, and what the rarity of the shared values adds to each
/// class, which the rounds do not change. Pairs of the same levels and nearly the same rarities are
/// one pattern that stands for all of them.
class Pairs {
public:
    explicit Pairs(std::size_t comparisons) : comparisons_(comparisons) {}

    /// `weight`: for how many pairs it stands.
    void add(const Model& model, const Compared& compared, double weight = 1);

    /// How many pairs the patterns stand for.
    double pairs() const { return pairs_; }
    /// How many patterns.
    std::size_t size() const { return rarity_.size(); }
    const std::uint8_t* levels(std::size_t pattern) const {
        return &levels_[pattern * comparisons_];
    }
    struct Rarity {
        float same, related;
    };
    /// The mean of its pairs.
    const Rarity& rarity(std::size_t pattern) const { return rarity_[pattern]; }
    double weight(std::size_t pattern) const { return weight_[pattern]; }

private:
    std::size_t comparisons_;
    double pairs_ = 0;
    std::vector<std::uint8_t> levels_;
    std::vector<Rarity> rarity_;
    std::vector<float> weight_;
    std::unordered_map<std::uint64_t, std::uint32_t> pattern_;  // by hash
};

/// Pairs of records drawn at random, a few dozen records at a time with all of their pairs: as each
/// record meets few others, that is as good as pairs drawn one by one, and far quicker.
Pairs random_pairs(const Model& model, std::span<const Features> features);

struct Sample {
    Pairs pairs;
    double of_all = 1;  ///< which share of the candidate pairs it is
};

/// Pairs that share a blocking key. Where they are more than `pairs_max`, each counted for each
/// key, those of a share of the records; of pairs whose outlines make them strangers by the model
/// as it is, a few stand for all.
Sample candidate_pairs(
    const Model& model,
    std::span<const Features> features,
    const Candidates& candidates,
    std::uint64_t pairs_max
);

}  // namespace touchline::identity
