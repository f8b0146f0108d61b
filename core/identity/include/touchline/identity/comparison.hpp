// Two records held side by side: for each thing that both tell, how well it agrees, as one of a few
// levels. What a level is worth is the model's affair.
#pragma once

#include "touchline/identity/features.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::identity {

enum class Aspect : std::uint8_t {
    given_name,
    surname,
    birth,
    email,
    phone,
    address,
    company,
    exclusive_id,
    handle,
    text,
};

/// One thing that is compared. The first seven are always there, in the order of Aspect; the field
/// map's extras follow.
struct Comparison {
    Aspect aspect = Aspect::text;
    std::string name;  ///< "surname", or the field's name
};

std::vector<Comparison> comparisons_for(const FieldMap& fields);

/// A level's meaning. Level 0 of every aspect is "not compared": one of the two does not tell.
struct Level {
    std::string_view name;    ///< "one_edit"; in model files and JSON
    std::string_view phrase;  ///< "differs by one typing error"
    /// Whether the two share a value, so that its rarity counts.
    bool by_frequency = false;
    /// How often such a level comes about by chance, beside plain equality; with by_frequency only.
    double chance = 1;
    double same = 0, unrelated = 0;  ///< as shipped: P(level | same), P(level | unrelated)
};

std::span<const Level> levels_of(Aspect aspect);

inline constexpr std::size_t k_comparisons_max = 7 + FieldMap::k_extras_max;
/// Which of a comparison's value kinds agreed: an address may agree in its line, its street, its
/// postcode or its city, and each has frequencies of its own.
inline constexpr std::size_t k_value_kinds = 4;

struct Compared {
    std::array<std::uint8_t, k_comparisons_max> level{};
    std::array<std::uint8_t, k_comparisons_max> kind{};    ///< where level is by frequency
    std::array<std::uint64_t, k_comparisons_max> value{};  ///< its hash, there
    bool suffix_conflict = false;                          ///< Jr and Sr
    bool person_and_organisation = false;  ///< one has a person's name, the other a company's only
    std::uint8_t years_apart = 0;          ///< between the two records, where both are dated
};

/// Exactly symmetric. Both by the same field map; `comparisons` is comparisons_for() of it.
Compared compare(std::span<const Comparison> comparisons, const Features& a, const Features& b);

/// A value of `features` whose rarity counts: what frequencies are taken of.
struct CountedValue {
    std::size_t comparison = 0;
    std::uint8_t kind = 0;
    std::uint64_t value = 0;
};

std::vector<CountedValue> counted_values(
    std::span<const Comparison> comparisons, const Features& features
);

}  // namespace touchline::identity
