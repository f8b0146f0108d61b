#include "touchline/identity/linkage.hpp"

#include "agglomeration.hpp"
#include "disjoint_sets.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace touchline::identity {

namespace {

using Index = std::uint32_t;
using Component = std::vector<Index>;

/// So low that no mean over a thousand pairs comes back above any limit.
constexpr double k_never = -1e9;
constexpr double k_threshold_step = 2;

std::uint64_t pair_key(Index a, Index b) {
    return (std::uint64_t(std::min(a, b)) << 32) | std::max(a, b);
}

class Linkage {
public:
    Linkage(
        Index records,
        std::span<const Edge> edges,
        const PairBits& bits,
        const Constraints& constraints,
        const LinkageOptions& options
    )
        : edges_(edges),
          bits_(bits),
          options_(options),
          must_(records),
          cluster_(records),
          connected_(records) {
        for (const auto& [a, b] : constraints.same) must_.join(a, b);
        for (const auto& [a, b] : constraints.different) {
            different_.insert(pair_key(a, b));
            apart_from_[a].push_back(b);
            apart_from_[b].push_back(a);
        }
        for (Index i = 0; i < records; ++i) {
            cluster_[i] = i;
            connected_.join(i, must_.find(i));
        }
    }

    std::vector<Index> run() {
        std::vector<Edge> strong;
        for (const auto& edge : edges_)
            if (edge.bits >= options_.join_from) strong.push_back(edge);
        for (auto& [root, component] : components(strong))
            settle(component, strong, options_.join_from);
        return std::move(cluster_);
    }

private:
    /// What the edges connect, beside what must be joined anyway; singles are left out.
    std::map<Index, Component> components(std::span<const Edge> edges) {
        auto sets = connected_;
        for (const auto& edge : edges) sets.join(edge.a, edge.b);
        std::map<Index, Component> found;
        for (Index i = 0; i < cluster_.size(); ++i) {
            const auto root = sets.find(i);
            if (root != i) found[root].push_back(i);
        }
        for (auto& [root, component] : found) component.insert(component.begin(), root);
        return found;
    }

    void settle(const Component& component, std::span<const Edge> edges, double threshold) {
        if (component.size() <= options_.component_max || threshold > options_.highest)
            return agglomerate(component);
        for (const auto& part : cut(component, edges, threshold))
            settle(part.members, part.edges, threshold + k_threshold_step);
    }

    struct Part {
        Component members;
        std::vector<Edge> edges;
    };

    /// The parts that hold together at a higher threshold.
    std::vector<Part> cut(
        const Component& component, std::span<const Edge> edges, double threshold
    ) {
        std::unordered_map<Index, Index> place;
        for (Index i = 0; i < component.size(); ++i) place.emplace(component[i], i);
        DisjointSets sets(Index(component.size()));
        for (Index i = 0; i < component.size(); ++i)
            if (const auto root = place.find(must_.find(component[i])); root != place.end())
                sets.join(i, root->second);
        std::vector<Edge> inside;
        for (const auto& edge : edges) {
            if (edge.bits < threshold + k_threshold_step || !place.contains(edge.a)) continue;
            sets.join(place[edge.a], place[edge.b]);
            inside.push_back(edge);
        }
        std::map<Index, Part> parts;
        for (Index i = 0; i < component.size(); ++i)
            parts[sets.find(i)].members.push_back(component[i]);
        for (const auto& edge : inside) parts[sets.find(place[edge.a])].edges.push_back(edge);
        std::vector<Part> found;
        for (auto& [root, part] : parts) found.push_back(std::move(part));
        return found;
    }

    double clipped_bits(Index a, Index b) const {
        if (different_.contains(pair_key(a, b))) return k_never;
        const double bits = bits_(a, b);
        return bits <= options_.never ? k_never
                                      : std::clamp(bits, options_.lowest, options_.highest);
    }

    /// Records that must be joined are one item from the start.
    void agglomerate(const Component& component) {
        if (component.size() < 2) return;
        if (component.size() > options_.component_max) return join_equal(component);
        std::map<Index, Index> item_of;  // by the root of what must be joined
        std::vector<Index> item(component.size());
        for (std::size_t i = 0; i < component.size(); ++i)
            item[i] =
                item_of.emplace(must_.find(component[i]), Index(item_of.size())).first->second;
        Agglomeration items(item_of.size());
        std::vector<double> size(item_of.size());
        for (std::size_t i = 0; i < component.size(); ++i) {
            ++size[item[i]];
            for (std::size_t j = i + 1; j < component.size(); ++j)
                if (item[i] != item[j])
                    items.add(item[i], item[j], clipped_bits(component[i], component[j]));
        }
        for (std::size_t i = 0; i < size.size(); ++i) items.set_size(i, size[i]);
        const auto clusters = items.run(options_.stop_below);
        name_clusters(component, item, clusters);
    }

    void name_clusters(
        const Component& component,
        const std::vector<Index>& item,
        const std::vector<Index>& clusters
    ) {
        std::unordered_map<Index, Index> first;
        for (std::size_t i = 0; i < component.size(); ++i)
            cluster_[component[i]] = first.emplace(clusters[item[i]], component[i]).first->second;
    }

    /// More records than can be compared with one another, all of them alike to the highest
    /// threshold: copies of one.
    void join_equal(const Component& component) {
        std::map<Index, Component> groups;  // what must be joined stays together
        for (const auto member : component) groups[must_.find(member)].push_back(member);
        std::vector<Component> clusters;
        std::unordered_map<Index, std::size_t> place;  // among the clusters
        for (const auto& [root, group] : groups) {
            std::set<std::size_t> taken;  // by records that people held apart from these
            for (const auto member : group)
                for (const auto other : apart_from_[member])
                    if (const auto found = place.find(other); found != place.end())
                        taken.insert(found->second);
            std::size_t free = 0;
            while (taken.contains(free)) ++free;
            if (free == clusters.size()) clusters.emplace_back();
            clusters[free].insert(clusters[free].end(), group.begin(), group.end());
            for (const auto member : group) place[member] = free;
        }
        for (const auto& cluster : clusters) {
            const auto first = *std::ranges::min_element(cluster);
            for (const auto member : cluster) cluster_[member] = first;
        }
    }

    std::span<const Edge> edges_;
    const PairBits& bits_;
    const LinkageOptions& options_;
    DisjointSets must_;
    std::vector<Index> cluster_;
    DisjointSets connected_;
    std::unordered_set<std::uint64_t> different_;
    std::unordered_map<Index, std::vector<Index>> apart_from_;
};

}  // namespace

std::vector<std::uint32_t> link(
    std::uint32_t records,
    std::span<const Edge> edges,
    const PairBits& bits,
    const Constraints& constraints,
    const LinkageOptions& options
) {
    return Linkage(records, edges, bits, constraints, options).run();
}

}  // namespace touchline::identity
