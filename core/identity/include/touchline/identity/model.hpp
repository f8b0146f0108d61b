// What agreement and disagreement are worth: Fellegi and Sunter's weights in bits, with the rarity
// of the value that is shared, and three kinds of pairs: the same, related (a household,
// colleagues) and unrelated.
//
// Usage: FeatureReader reader(model.fields()); score = model.score(*reader.read(a),
// *reader.read(b)); score.bits >= 0 joins. A score is a pure function of two feature sets and the
// model.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/identity/comparison.hpp"
#include "touchline/identity/fields.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::identity {

/// How often each value occurs, frozen with the model: scores do not drift with what else is
/// loaded.
class Frequencies {
public:
    /// Counts once for each record that has the value.
    void add(std::size_t comparison, std::uint8_t kind, std::uint64_t value);
    /// Drops what occurs only once or twice, which counts as twice anyway.
    void forget_rare();

    /// The share of the records that have such a value at all.
    double share(std::size_t comparison, std::uint8_t kind, std::uint64_t value) const;
    std::uint32_t count(std::size_t comparison, std::uint8_t kind, std::uint64_t value) const;
    std::uint32_t total(std::size_t comparison, std::uint8_t kind) const;

    struct Entry {
        std::uint64_t key = 0;
        std::uint32_t count = 0;
        bool operator==(const Entry&) const = default;
    };
    /// Sorted by key.
    std::vector<Entry> entries() const;
    void restore(const std::vector<Entry>& entries, const std::vector<std::uint32_t>& totals);
    const std::vector<std::uint32_t>& totals() const { return totals_; }

private:
    Entry& place_of(std::uint64_t key);
    void make_room(std::size_t entries);

    std::vector<std::uint32_t> totals_;  // by comparison and kind
    std::vector<Entry> counts_;  // open addressing by key, half of it free; count 0: a free place
    std::size_t used_ = 0;
};

/// The chances of one comparison's levels in each class; the index is the level.
struct LevelChances {
    std::vector<double> same, related, unrelated;
};

/// Why a pair is held apart though its weights would join it.
enum class Guard : std::uint8_t {
    none,
    only_names,    ///< nothing but names agrees
    suffix,        ///< Jr and Sr
    exclusive_id,  ///< two different values of what has one owner, and nothing personal that agrees
    generation,    ///< dates of birth a generation apart
    organisation,  ///< a person and the organisation that the person belongs to
};
std::string_view to_string(Guard guard);

struct Score {
    double bits = 0;            ///< log2 of the odds that the two are the same; joins from 0
    double related_bits = 0;    ///< log2 of the odds of related against unrelated
    Guard guard = Guard::none;  ///< what lowered `bits`
};

struct Weights {
    double same = 0;     ///< log2 P(level | same) - log2 P(level | unrelated)
    double related = 0;  ///< log2 P(level | related) - log2 P(level | unrelated)
};

/// Guards may be switched one by one. `exclusive_id` is for deployments that verify such numbers:
/// where people type them, an error in one is no proof.
struct Guards {
    bool only_names = true, suffix = true, exclusive_id = false, generation = true;
};

class Model {
public:
    /// As shipped, without having seen any record.
    explicit Model(FieldMap fields);

    const FieldMap& fields() const { return fields_; }
    const std::vector<Comparison>& comparisons() const { return comparisons_; }

    /// Exactly symmetric. Any thread.
    Score score(const Features& a, const Features& b) const;
    Score score(const Compared& compared) const;
    /// What one comparison of a pair weighs; zeros where one of the two does not tell.
    Weights weights(const Compared& compared, std::size_t comparison) const;
    /// log2 of the odds before anything is compared.
    double prior_bits() const;
    double related_prior_bits() const;

    /// By comparison, as `comparisons()`; of each level a chance above zero.
    const std::vector<LevelChances>& chances() const { return chances_; }
    void set_chances(std::vector<LevelChances> chances);

    /// JSON, one document; reading it back gives the same scores bit for bit. Version 1.
    std::string to_json() const;
    /// Error: bad_data.
    static Result<Model> from_json(std::string_view text);

    Guards guards;
    std::size_t block_max = 300;  ///< a blocking key of more records is left out of account
    std::size_t sharers_max = 6;  ///< an address or number of more differing names is a shared one
    double same_share = 1e-4;     ///< of all pairs
    double related_share = 1e-4;
    std::size_t trained_on = 0;  ///< records
    Frequencies frequencies;
    Placeholders placeholders;

private:
    /// What a level weighs but for the rarity of its value; index 0 is never read.
    struct LevelWeights {
        std::vector<Weights> by_level;
    };

    Guard guard_for(const Compared& compared, double bits) const;

    FieldMap fields_;
    std::vector<Comparison> comparisons_;
    std::vector<LevelChances> chances_;
    std::vector<LevelWeights> level_weights_;
};

}  // namespace touchline::identity
