#include "clusters.hpp"

#include "touchline/identity/names.hpp"

#include <algorithm>
#include <iterator>

namespace touchline::identity {

Clusters::Clusters(const Component& component, const Ranked& ranked, const Policy& policy)
    : parent_(ranked.position.size()),
      next_(ranked.position.size()),
      size_(ranked.position.size(), 1),
      group_of_(ranked.position.size()),
      names_(ranked.position.size()) {
    for (Rank r = 0; r < parent_.size(); ++r) {
        parent_[r] = next_[r] = r;
        const std::string_view ns = component.members[ranked.position[r]].ns;
        // Ranks are sorted by namespace, so a new one begins a new group.
        if (groups_.empty() || groups_.back().ns != ns)
            groups_.push_back({ns, policy.rule(ns).max_per_customer});
        group_of_[r] = std::uint32_t(groups_.size() - 1);
    }
    if (!groups_.empty()) smallest_cap_ = std::ranges::min(groups_, {}, &Group::cap).cap;
    for (const auto& [r, i] : ranked.names) {
        const std::string_view name = component.names[i].name;
        if (!name.empty() && (names_[r].empty() || names_[r].back() != name))
            names_[r].push_back(name);
    }
}

Rank Clusters::find(Rank member) {
    while (parent_[member] != member) member = parent_[member] = parent_[parent_[member]];
    return member;
}

void Clusters::join(Rank root_a, Rank root_b) {
    if (size_[root_a] < size_[root_b]) std::swap(root_a, root_b);
    parent_[root_b] = root_a;
    size_[root_a] += size_[root_b];
    std::swap(next_[root_a], next_[root_b]);
    auto& from = names_[root_b];
    auto& into = names_[root_a];
    if (into.empty()) {
        into.swap(from);
    } else if (!from.empty()) {
        std::vector<std::string_view> both;
        std::ranges::set_union(into, from, std::back_inserter(both));
        into = std::move(both);
    }
}

void Clusters::count(Rank root, std::vector<std::uint32_t>& per_group) const {
    auto member = root;
    do {
        ++per_group[group_of_[member]];
        member = next_[member];
    } while (member != root);
}

std::optional<std::string_view> Clusters::over_cap(Rank root_a, Rank root_b) const {
    if (size_[root_a] + size_[root_b] <= smallest_cap_) return std::nullopt;
    std::vector<std::uint32_t> a(groups_.size()), b(groups_.size());
    count(root_a, a);
    count(root_b, b);
    // A set that agents made larger than its cap may still be joined with one that adds nothing to
    // that namespace.
    for (std::size_t g = 0; g < groups_.size(); ++g)
        if (a[g] > 0 && b[g] > 0 && a[g] + b[g] > groups_[g].cap) return groups_[g].ns;
    return std::nullopt;
}

std::optional<std::pair<std::string_view, std::string_view>> Clusters::names_contradict(
    Rank root_a, Rank root_b
) const {
    const auto& a = names_[root_a];
    const auto& b = names_[root_b];
    if (a.empty() || b.empty()) return std::nullopt;
    for (const auto name_a : a)
        for (const auto name_b : b)
            if (names_compatible(name_a, name_b)) return std::nullopt;
    return std::pair(a.front(), b.front());
}

}  // namespace touchline::identity
