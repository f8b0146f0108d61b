// Sets of members that only ever grow, with what a decision needs to know about each set.
#pragma once

#include "link_order.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace touchline::identity {

class Clusters {
public:
    Clusters(const Component& component, const Ranked& ranked, const Policy& policy);

    Rank find(Rank member);
    void join(Rank root_a, Rank root_b);

    /// The namespace that would have too many values if the two were one.
    std::optional<std::string_view> over_cap(Rank root_a, Rank root_b) const;
    /// One name of each, when both have names and none of one is compatible with any of the other.
    std::optional<std::pair<std::string_view, std::string_view>> names_contradict(
        Rank root_a, Rank root_b
    ) const;

private:
    struct Group {
        std::string_view ns;
        std::uint32_t cap = 0;
    };

    void count(Rank root, std::vector<std::uint32_t>& per_group) const;

    std::vector<Rank> parent_;
    std::vector<Rank> next_;  // the members of a set in a ring
    std::vector<std::uint32_t> size_;
    std::vector<std::uint32_t> group_of_;
    std::vector<Group> groups_;
    std::uint32_t smallest_cap_ = 0;
    std::vector<std::vector<std::string_view>> names_;  // by root; distinct and sorted
};

}  // namespace touchline::identity
