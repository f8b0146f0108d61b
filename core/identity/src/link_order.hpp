// The component in a form that does not depend on the order of its parts: members ranked by their
// keys, assertions gathered per pair and sorted into the order in which they are decided.
#pragma once

#include "touchline/identity/partition.hpp"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace touchline::identity {

/// A member's place among all members sorted by (ns, value).
using Rank = std::uint32_t;

/// What is asserted about one pair, a < b.
struct Pair {
    Rank a = 0, b = 0;
    std::uint32_t tier = 0;                       ///< see link_order.cpp
    std::uint32_t order = 0;                      ///< of the less telling strong namespace
    model::Trust trust = model::Trust::inferred;  ///< the best that an assertion has
    std::int64_t support = 0;
    Time latest{};  ///< when it was last said, of phone numbers only
    std::int64_t first_link = 0;
    bool by_agent = false;
    std::optional<double> score{};  ///< nothing but a likeness says so
};

struct Ranked {
    std::vector<std::uint32_t> position;  ///< rank to position in `members`
    std::vector<Pair> links;              ///< in the order of decision
    std::vector<std::pair<Rank, Rank>> agent_not_same, other_not_same;
    std::vector<std::pair<Rank, std::uint32_t>>
        names;  ///< rank, position in `names`; sorted by rank, then name, each name once
    std::vector<std::pair<Rank, std::uint32_t>> births;  ///< the same, of `births`
};

Ranked rank(const Component& component, const Policy& policy);

}  // namespace touchline::identity
