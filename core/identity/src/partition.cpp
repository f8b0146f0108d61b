#include "touchline/identity/partition.hpp"

#include "clusters.hpp"
#include "likenesses.hpp"
#include "link_order.hpp"
#include "shared_values.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <span>

namespace touchline::identity {

namespace {

using model::Strength;

/// A date of birth that so much else contradicts, in the mean over all pairs, is an error of the
/// source.
constexpr double k_outweighed = 10;

struct Decision {
    const Pair* pair = nullptr;
    RefusedLink refused;
};

class Decider {
public:
    Decider(const Component& component, const Policy& policy)
        : component_(component),
          ranked_(rank(component, policy)),
          shared_(shared_values(component, ranked_, policy)),
          clusters_(component, ranked_, policy) {}

    Partition run() {
        for (const auto& pair : ranked_.links)
            if (!pair.score) decide(pair);
        Partition out;
        out.side.resize(component_.members.size());
        for (Rank r = 0; r < out.side.size(); ++r)
            out.side[ranked_.position[r]] = clusters_.find(r);
        decide_likenesses();
        number(out);
        report(out);
        for (Rank r = 0; r < shared_.size(); ++r)
            if (shared_[r] && !member(r).shared) out.shared.push_back(member(r).id);
        std::ranges::sort(out.shared);
        return out;
    }

private:
    const Member& member(Rank r) const { return component_.members[ranked_.position[r]]; }

    void decide(const Pair& pair) {
        const auto a = clusters_.find(pair.a), b = clusters_.find(pair.b);
        if (a == b) return;
        if (auto refused = refuse(pair, a, b)) {
            refused_.push_back({&pair, std::move(*refused)});
        } else {
            clusters_.join(a, b);
        }
    }

    void decide_likenesses() {
        Likenesses likenesses = likenesses_between();
        std::map<std::pair<Rank, Rank>, Decision> refused;  // by sides
        while (const auto alike = likenesses.take()) {
            const auto [a, b, mean, surest] = *alike;
            if (auto why = refuse(*surest, a, b, mean)) {
                refused[{a, b}] = {surest, std::move(*why)};
                continue;
            }
            clusters_.join_by_likeness(a, b);
            likenesses.join(clusters_.find(a), clusters_.find(a) == a ? b : a);
        }
        for (auto& [sides, decision] : refused)
            if (sides.first == clusters_.find(sides.first) &&
                sides.second == clusters_.find(sides.second))
                refused_.push_back(std::move(decision));
    }

    Likenesses likenesses_between() {
        std::vector<bool> compared(component_.members.size());
        for (Rank r = 0; r < compared.size(); ++r) compared[r] = member(r).compared;
        for (const auto& pair : ranked_.links)
            if (pair.score) compared[pair.a] = compared[pair.b] = true;
        std::vector<std::uint32_t> of_side(compared.size());
        for (Rank r = 0; r < compared.size(); ++r) of_side[clusters_.find(r)] += compared[r];
        Likenesses likenesses(std::move(of_side), component_.join_from);
        for (const auto& pair : ranked_.links) {
            if (!pair.score || shared_[pair.a] || shared_[pair.b]) continue;
            const auto a = clusters_.find(pair.a), b = clusters_.find(pair.b);
            if (a != b) likenesses.add(a, b, pair);
        }
        return likenesses;
    }

    /// `likeness`: of the two sides, where nothing else would join them.
    std::optional<RefusedLink> refuse(
        const Pair& pair, Rank a, Rank b, std::optional<double> likeness = std::nullopt
    ) {
        RefusedLink out;
        out.link = pair.first_link;
        out.a = member(pair.a).id;
        out.b = member(pair.b).id;
        if (has(pair, Strength::weak)) {
            out.reason = Refusal::weak;
            return out;
        }
        if (differ(ranked_.agent_not_same, a, b, out)) return out;
        // A person's word stops only before another person's.
        if (pair.by_agent) return std::nullopt;
        if (shared_[pair.a] || shared_[pair.b]) {
            out.reason = Refusal::shared;
            return out;
        }
        if (differ(ranked_.other_not_same, a, b, out)) return out;
        if (const auto ns = clusters_.over_cap(a, b)) {
            out.reason = Refusal::cap;
            out.ns = *ns;
            return out;
        }
        if (!has(pair, Strength::strong) && !likeness) return std::nullopt;
        if (contradict(a, b, likeness, out)) return out;
        if (!likeness || clusters_.likenesses(a, b) < k_most_likenesses) return std::nullopt;
        out.reason = Refusal::size;
        return out;
    }

    bool contradict(Rank a, Rank b, std::optional<double> likeness, RefusedLink& out) const {
        const auto found = [&out](Refusal reason, const auto& two) {
            if (!two) return false;
            out.reason = reason;
            out.name_a = two->first;
            out.name_b = two->second;
            return true;
        };
        const bool outweighed = likeness >= k_outweighed;
        // Of a likeness, the model has judged the names.
        return (!outweighed && found(Refusal::births, clusters_.births_contradict(a, b))) ||
               found(Refusal::names, clusters_.suffixes_contradict(a, b)) ||
               (!likeness && found(Refusal::names, clusters_.names_contradict(a, b)));
    }

    bool has(const Pair& pair, Strength strength) const {
        return member(pair.a).strength == strength || member(pair.b).strength == strength;
    }

    bool differ(std::span<const std::pair<Rank, Rank>> pairs, Rank a, Rank b, RefusedLink& out) {
        for (const auto& [x, y] : pairs) {
            const auto root_x = clusters_.find(x), root_y = clusters_.find(y);
            if ((root_x != a || root_y != b) && (root_x != b || root_y != a)) continue;
            out.reason = Refusal::not_same;
            out.other_a = member(root_x == a ? x : y).id;
            out.other_b = member(root_x == a ? y : x).id;
            return true;
        }
        return false;
    }

    void number(Partition& out) {
        constexpr auto k_none = std::numeric_limits<std::uint32_t>::max();
        const auto size = component_.members.size();
        std::vector<std::uint32_t> number_of(size, k_none);
        out.cluster.resize(size);
        for (Rank r = 0; r < size; ++r) {
            auto& number = number_of[clusters_.find(r)];
            if (number == k_none) number = out.count++;
            out.cluster[ranked_.position[r]] = number;
        }
    }

    /// A pair that came together by another way is not refused any more.
    void report(Partition& out) {
        for (auto& [pair, refused] : refused_) {
            if (clusters_.find(pair->a) == clusters_.find(pair->b)) continue;
            refused.shared_with = holder(*pair);
            out.refused.push_back(std::move(refused));
        }
    }

    /// The first unique member of the customer that has the pair's strong end.
    MemberId holder(const Pair& pair) {
        for (const auto end : {pair.b, pair.a}) {
            if (member(end).strength != Strength::strong) continue;
            const auto root = clusters_.find(end);
            for (Rank r = 0; r < component_.members.size(); ++r)
                if (member(r).strength == Strength::unique && clusters_.find(r) == root)
                    return member(r).id;
        }
        return 0;
    }

    const Component& component_;
    Ranked ranked_;
    std::vector<bool> shared_;  // by rank
    Clusters clusters_;
    std::vector<Decision> refused_;
};

}  // namespace

Partition partition(const Component& component, const Policy& policy) {
    return Decider(component, policy).run();
}

}  // namespace touchline::identity
