#include "touchline/identity/ids.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace touchline::identity {

namespace {

using Cluster = std::uint32_t;

class Planner {
public:
    Planner(
        const Component& component,
        const Partition& partition,
        std::span<const KnownId> known,
        std::span<const Membership> before
    )
        : component_(component), partition_(partition), before_(before) {
        for (std::size_t i = 0; i < component.members.size(); ++i)
            cluster_of_[component.members[i].id] = partition.cluster[i];
        for (const auto& id : known) known_.push_back(&id);
        std::ranges::sort(known_, {}, [](const KnownId* k) {
            return std::tie(k->created_at, k->id);
        });
        for (const auto* id : known_) by_id_[id->id] = id;
    }

    IdPlan run() {
        plan_.assignments.resize(partition_.count);
        // Sorted by age, so the first that claims a cluster is the oldest.
        for (const auto* id : known_)
            if (id->alias_of.empty()) place_live(*id);
        for (const auto* id : known_)
            if (!id->alias_of.empty()) revive(*id);
        for (const auto* id : known_)
            if (!id->alias_of.empty()) point_alias(*id);
        settle_anchors();
        note_splits();
        return std::move(plan_);
    }

private:
    std::optional<Cluster> cluster_of(MemberId member) const {
        const auto found = cluster_of_.find(member);
        return found == cluster_of_.end() ? std::nullopt : std::optional(found->second);
    }

    /// Where most of an id's members are now; of equals, the first.
    std::optional<Cluster> majority(std::string_view id) const {
        std::map<Cluster, std::size_t> votes;
        for (const auto& membership : before_)
            if (membership.customer == id)
                if (const auto cluster = cluster_of(membership.member)) ++votes[*cluster];
        const auto most =
            std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; });
        return most == votes.end() ? std::nullopt : std::optional(most->first);
    }

    std::optional<Cluster> home(const KnownId& id) const {
        if (const auto cluster = cluster_of(id.anchor)) return cluster;
        if (id.alias_of.empty()) return majority(id.id);
        // An alias without its anchor follows the id it leads to. The bound ends a ring of aliases.
        const auto* at = &id;
        for (std::size_t hops = 0; hops < known_.size() && !at->alias_of.empty(); ++hops) {
            const auto next = by_id_.find(at->alias_of);
            if (next == by_id_.end()) return std::nullopt;
            at = next->second;
        }
        return at->alias_of.empty() ? home(*at) : std::nullopt;
    }

    void claim(Assignment& assignment, const KnownId& id, Origin origin) {
        assignment.origin = origin;
        assignment.id = id.id;
        assignment.anchor = id.anchor;
    }

    void place_live(const KnownId& id) {
        const auto cluster = home(id);
        if (!cluster) {
            plan_.vacant.push_back(id.id);
            return;
        }
        home_of_live_[id.id] = *cluster;
        auto& assignment = plan_.assignments[*cluster];
        if (assignment.id.empty()) {
            claim(assignment, id, Origin::kept);
        } else {
            plan_.aliases.push_back({id.id, *cluster, true});
        }
    }

    void revive(const KnownId& id) {
        const auto cluster = cluster_of(id.anchor);
        if (cluster && plan_.assignments[*cluster].id.empty())
            claim(plan_.assignments[*cluster], id, Origin::revived);
    }

    void point_alias(const KnownId& id) {
        const auto cluster = home(id);
        if (!cluster) return;
        const auto& holder = plan_.assignments[*cluster].id;
        if (holder != id.id && holder != id.alias_of)
            plan_.aliases.push_back({id.id, *cluster, false});
    }

    /// New ids, and ids whose anchor is gone, are anchored at a unique member (a strong one may
    /// change sides), and there at the one first seen.
    void settle_anchors() {
        std::vector<const Member*> best(partition_.count, nullptr);
        for (std::size_t i = 0; i < component_.members.size(); ++i) {
            const auto& member = component_.members[i];
            auto& so_far = best[partition_.cluster[i]];
            if (!so_far ||
                std::tie(member.strength, member.id) < std::tie(so_far->strength, so_far->id))
                so_far = &member;
        }
        for (Cluster c = 0; c < partition_.count; ++c) {
            auto& assignment = plan_.assignments[c];
            const bool lost = !assignment.id.empty() && !cluster_of(assignment.anchor);
            if (assignment.id.empty() || lost) assignment.anchor = best[c]->id;
        }
    }

    void note_splits() {
        for (const auto& membership : before_) {
            const auto now = cluster_of(membership.member);
            const auto lives = home_of_live_.find(membership.customer);
            if (!now || lives == home_of_live_.end() || lives->second == *now) continue;
            plan_.assignments[*now].split_from.push_back(membership.customer);
        }
        for (auto& assignment : plan_.assignments) {
            std::ranges::sort(assignment.split_from);
            auto& from = assignment.split_from;
            from.erase(std::unique(from.begin(), from.end()), from.end());
        }
    }

    const Component& component_;
    const Partition& partition_;
    std::span<const Membership> before_;
    std::unordered_map<MemberId, Cluster> cluster_of_;
    std::vector<const KnownId*> known_;  // oldest first
    std::unordered_map<std::string_view, const KnownId*> by_id_;
    std::unordered_map<std::string_view, Cluster> home_of_live_;
    IdPlan plan_;
};

}  // namespace

IdPlan assign_ids(
    const Component& component,
    const Partition& partition,
    std::span<const KnownId> known,
    std::span<const Membership> before
) {
    return Planner(component, partition, known, before).run();
}

}  // namespace touchline::identity
