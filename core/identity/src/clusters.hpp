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
    /// A day of each, when both know when they were born and no day is the same.
    std::optional<std::pair<std::string_view, std::string_view>> births_contradict(
        Rank root_a, Rank root_b
    ) const;
    /// A name of each that tells father from son: "Jr", "Sr".
    std::optional<std::pair<std::string_view, std::string_view>> suffixes_contradict(
        Rank root_a, Rank root_b
    ) const;
    /// How many likenesses would hold the two together.
    std::uint32_t likenesses(Rank root_a, Rank root_b) const {
        return likenesses_[root_a] + likenesses_[root_b] + 1;
    }
    void join_by_likeness(Rank root_a, Rank root_b);
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
    using Texts = std::vector<std::string_view>;  // distinct and sorted
    static void unite(Texts& into, Texts& from);

    std::vector<std::uint32_t> likenesses_;  // by root: joinings that nothing surer says
    std::vector<Texts> names_, births_;      // by root
};

}  // namespace touchline::identity
