#include "link_order.hpp"

#include "touchline/identity/rules.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <tuple>

namespace touchline::identity {

namespace {

using model::By;
using model::Polarity;
using model::Strength;

// Decided first to last. Weak comes last only to be refused with its reason, and likenesses are
// decided together, once the others are.
enum Tier : std::uint32_t { agent, unique_unique, unique_strong, strong_strong, likeness, weak };

/// Member ids to ranks; a sorted array beats a hash map at the size of a customer.
class RankById {
public:
    RankById(const std::vector<Member>& members, const std::vector<std::uint32_t>& position) {
        ids_.reserve(position.size());
        for (Rank r = 0; r < position.size(); ++r) ids_.emplace_back(members[position[r]].id, r);
        std::ranges::sort(ids_);
    }
    std::optional<Rank> operator()(MemberId id) const {
        const auto found =
            std::ranges::lower_bound(ids_, id, {}, &std::pair<MemberId, Rank>::first);
        if (found == ids_.end() || found->first != id) return std::nullopt;
        return found->second;
    }

private:
    std::vector<std::pair<MemberId, Rank>> ids_;
};

struct Assertion {
    Rank a = 0, b = 0;
    const LinkEvidence* link = nullptr;
};

std::vector<Assertion> assertions_of(const Component& component, const RankById& rank_by_id) {
    std::vector<Assertion> out;
    out.reserve(component.links.size());
    for (const auto& link : component.links) {
        const auto a = rank_by_id(link.a), b = rank_by_id(link.b);
        if (a && b && *a != *b) out.push_back({std::min(*a, *b), std::max(*a, *b), &link});
    }
    std::ranges::sort(out, {}, [](const Assertion& x) {
        return std::tuple(x.a, x.b, x.link->asserted_at, x.link->id);
    });
    return out;
}

bool has_phone(const Member& member, const Policy& policy) {
    return policy.rule(member.ns).normaliser == model::Normaliser::phone;
}

void classify(Pair& pair, const Member& a, const Member& b, const Policy& policy) {
    const auto either = [&](Strength s) { return a.strength == s || b.strength == s; };
    const auto order = [&](const Member& m) {
        return m.strength == Strength::strong ? policy.rule(m.ns).order : 0;
    };
    pair.order = std::max(order(a), order(b));
    // Numbers are handed on.
    if (!has_phone(a, policy) && !has_phone(b, policy)) pair.latest = Time();
    if (pair.by_agent) {
        pair.tier = agent;
    } else if (either(Strength::weak)) {
        pair.tier = weak;
    } else if (pair.score) {
        pair.tier = likeness;
        pair.order = 0;
    } else if (!either(Strength::strong)) {
        pair.tier = unique_unique;
    } else {
        pair.tier = either(Strength::unique) ? unique_strong : strong_strong;
    }
}

/// Folds the assertions about one pair. Of what agents said about it, the last word counts; said at
/// the same moment, "not the same" does.
void gather(
    Ranked& out, std::span<const Assertion> about, const Component& component, const Policy& policy
) {
    Pair pair{.a = about.front().a, .b = about.front().b};
    std::optional<Polarity> agent_says;
    Time agent_at{};
    bool others_differ = false, linked = false, stated = false;
    for (const auto& assertion : about) {
        const auto& link = *assertion.link;
        const bool same = link.polarity == Polarity::same;
        if (link.by == By::agent) {
            if (!agent_says || link.asserted_at > agent_at || !same) agent_says = link.polarity;
            agent_at = link.asserted_at;
        } else if (!same) {
            others_differ = true;
        }
        if (!same) continue;
        if (link.by == By::rule && link.score) {
            pair.score = std::max(pair.score, link.score);
        } else {
            stated = true;
        }
        if (!linked) pair.first_link = link.id;
        linked = true;
        // Which event named both first depends on the order of arrival, so it decides nothing.
        if (!is_of_event(link.rule)) pair.latest = std::max(pair.latest, link.asserted_at);
        pair.trust = std::min(pair.trust, trust_of(link.rule));
        pair.support += link.support;
    }
    if (stated) pair.score.reset();
    pair.by_agent = agent_says == Polarity::same;
    if (agent_says == Polarity::not_same) out.agent_not_same.emplace_back(pair.a, pair.b);
    if (others_differ) out.other_not_same.emplace_back(pair.a, pair.b);
    if (!linked) return;
    const auto& a = component.members[out.position[pair.a]];
    const auto& b = component.members[out.position[pair.b]];
    classify(pair, a, b, policy);
    out.links.push_back(pair);
}

/// (rank of the member, position) of each, sorted by rank and text, each text once.
template <typename Evidence>
std::vector<std::pair<Rank, std::uint32_t>> ranked_texts(
    const std::vector<Evidence>& evidence, const RankById& rank_by_id, std::string Evidence::*text
) {
    std::vector<std::pair<Rank, std::uint32_t>> out;
    for (std::uint32_t i = 0; i < evidence.size(); ++i)
        if (const auto r = rank_by_id(evidence[i].member)) out.emplace_back(*r, i);
    const auto key = [&](const auto& one) {
        return std::tie(one.first, evidence[one.second].*text);
    };
    std::ranges::sort(out, {}, key);
    out.erase(std::ranges::unique(out, {}, key).begin(), out.end());
    return out;
}

}  // namespace

Ranked rank(const Component& component, const Policy& policy) {
    Ranked out;
    const auto& members = component.members;
    out.position.resize(members.size());
    for (std::uint32_t i = 0; i < members.size(); ++i) out.position[i] = i;
    std::ranges::sort(out.position, {}, [&](std::uint32_t i) {
        return std::tie(members[i].ns, members[i].value);
    });
    const RankById rank_by_id(members, out.position);
    const auto assertions = assertions_of(component, rank_by_id);
    for (auto begin = assertions.begin(); begin != assertions.end();) {
        const auto end = std::find_if(begin, assertions.end(), [&](const Assertion& x) {
            return x.a != begin->a || x.b != begin->b;
        });
        gather(out, {begin, end}, component, policy);
        begin = end;
    }
    // The ranks break the last tie, so that no two pairs are equal.
    const auto decision = [](const Pair& p) {
        const auto tier = p.tier == strong_strong ? Tier::unique_strong : p.tier;
        return std::tuple(
            tier,
            p.order,
            p.tier,
            -p.score.value_or(0),
            p.trust,
            -p.support,
            -p.latest.time_since_epoch(),
            p.a,
            p.b
        );
    };
    std::ranges::sort(out.links, {}, decision);
    out.names = ranked_texts(component.names, rank_by_id, &NameEvidence::name);
    out.births = ranked_texts(component.births, rank_by_id, &BirthEvidence::date);
    return out;
}

}  // namespace touchline::identity
