#include "clusters.hpp"

#include "text/similarity.hpp"
#include "values/birth_date.hpp"

#include "touchline/identity/names.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>

namespace touchline::identity {

namespace {

/// What tells father from son, or nothing.
std::string_view suffix_of(std::string_view name) {
    using Spelling = std::pair<std::string_view, std::string_view>;
    constexpr std::array<Spelling, 7> k_spellings{
        {{"jr", "jr"},
         {"junior", "jr"},
         {"sr", "sr"},
         {"senior", "sr"},
         {"ii", "ii"},
         {"iii", "iii"},
         {"iv", "iv"}}};
    const auto space = name.rfind(' ');
    if (space == std::string_view::npos) return {};
    const auto found = std::ranges::find(k_spellings, name.substr(space + 1), &Spelling::first);
    return found == k_spellings.end() ? std::string_view() : found->second;
}

/// The same date, or one of the two mistyped: a digit, one of the three parts, or day and month
/// changed places. What also lies a generation apart is father and son; what nobody can read says
/// nothing.
bool one_birthday(std::string_view a, std::string_view b) {
    constexpr int k_generation_years = 15;
    if (a == b) return true;
    const auto x = read_birth_date(a), y = read_birth_date(b);
    if (!x.whole() || !y.whole()) return true;
    if (std::abs(x.year - y.year) >= k_generation_years) return false;
    const bool swapped = x.year == y.year && x.month == y.day && x.day == y.month;
    const int parts = int(x.year == y.year) + int(x.month == y.month) + int(x.day == y.day);
    return swapped || parts >= 2 || within_one_edit(x.digits(), y.digits());
}

}  // namespace

Clusters::Clusters(const Component& component, const Ranked& ranked, const Policy& policy)
    : parent_(ranked.position.size()),
      next_(ranked.position.size()),
      size_(ranked.position.size(), 1),
      group_of_(ranked.position.size()),
      likenesses_(ranked.position.size()),
      names_(ranked.position.size()),
      births_(ranked.position.size()) {
    for (Rank r = 0; r < parent_.size(); ++r) {
        parent_[r] = next_[r] = r;
        const std::string_view ns = component.members[ranked.position[r]].ns;
        // Ranks are sorted by namespace, so a new one begins a new group.
        if (groups_.empty() || groups_.back().ns != ns)
            groups_.push_back({ns, policy.rule(ns).max_per_customer});
        group_of_[r] = std::uint32_t(groups_.size() - 1);
    }
    if (!groups_.empty()) smallest_cap_ = std::ranges::min(groups_, {}, &Group::cap).cap;
    for (const auto& [r, i] : ranked.names)
        if (const std::string_view name = component.names[i].name; !name.empty())
            names_[r].push_back(name);
    for (const auto& [r, i] : ranked.births) births_[r].push_back(component.births[i].date);
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
    likenesses_[root_a] += likenesses_[root_b];
    unite(names_[root_a], names_[root_b]);
    unite(births_[root_a], births_[root_b]);
}

void Clusters::join_by_likeness(Rank root_a, Rank root_b) {
    join(root_a, root_b);
    ++likenesses_[find(root_a)];
}

void Clusters::unite(Texts& into, Texts& from) {
    if (into.empty()) {
        into.swap(from);
    } else if (!from.empty()) {
        Texts both;
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

std::optional<std::pair<std::string_view, std::string_view>> Clusters::births_contradict(
    Rank root_a, Rank root_b
) const {
    const auto& a = births_[root_a];
    const auto& b = births_[root_b];
    if (a.empty() || b.empty()) return std::nullopt;
    for (const auto date_a : a)
        for (const auto date_b : b)
            if (one_birthday(date_a, date_b)) return std::nullopt;
    return std::pair(a.front(), b.front());
}

std::optional<std::pair<std::string_view, std::string_view>> Clusters::suffixes_contradict(
    Rank root_a, Rank root_b
) const {
    std::string_view name_a, name_b;
    for (const auto name : names_[root_a])
        if (!suffix_of(name).empty()) name_a = name;
    for (const auto name : names_[root_b])
        if (!suffix_of(name).empty()) name_b = name;
    const bool differ =
        !name_a.empty() && !name_b.empty() && suffix_of(name_a) != suffix_of(name_b);
    return differ ? std::optional(std::pair(name_a, name_b)) : std::nullopt;
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
