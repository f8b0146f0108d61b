// Components for tests, written in few words.
#pragma once

#include "touchline/identity/partition.hpp"
#include "touchline/identity/rules.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>

namespace touchline::identity::test {

inline Time day(int n) {
    return Time(std::chrono::days(20000 + n));
}

/// Members are named "ns:value"; e-mail and phone are strong, name is weak, all others unique.
class Graph {
public:
    Component component;

    MemberId add(std::string_view key) {
        if (const auto found = ids_.find(std::string(key)); found != ids_.end())
            return found->second;
        Member member;
        member.id = MemberId(ids_.size()) + 100;
        member.ns = key.substr(0, key.find(':'));
        member.value = key.substr(key.find(':') + 1);
        if (member.ns == "email" || member.ns == "phone") member.strength = model::Strength::strong;
        if (member.ns == "name") member.strength = model::Strength::weak;
        component.members.push_back(member);
        return ids_[std::string(key)] = member.id;
    }

    LinkEvidence& link(std::string_view a, std::string_view b, int asserted = 0) {
        LinkEvidence link;
        link.id = next_link_++;
        link.a = add(a);
        link.b = add(b);
        link.asserted_at = day(asserted);
        return component.links.emplace_back(link);
    }
    LinkEvidence& agent(
        std::string_view a, std::string_view b, model::Polarity polarity, int asserted = 0
    ) {
        auto& made = link(a, b, asserted);
        made.by = model::By::agent;
        made.polarity = polarity;
        return made;
    }
    LinkEvidence& alike(std::string_view a, std::string_view b, double bits) {
        auto& made = link(a, b);
        made.by = model::By::rule;
        made.rule = std::string(k_likeness) + "1";
        made.score = bits;
        return made;
    }
    void name(std::string_view member, std::string_view name) {
        component.names.push_back({add(member), std::string(name)});
    }
    void born(std::string_view member, std::string_view date) {
        component.births.push_back({add(member), std::string(date)});
    }

private:
    std::map<std::string, MemberId> ids_;
    std::int64_t next_link_ = 1;
};

/// The customers as sets of "ns:value".
inline std::set<std::set<std::string>> sets_of(
    const Component& component, const Partition& partition
) {
    std::map<std::uint32_t, std::set<std::string>> by_cluster;
    for (std::size_t i = 0; i < component.members.size(); ++i) {
        const auto& member = component.members[i];
        by_cluster[partition.cluster[i]].insert(member.ns + ":" + member.value);
    }
    std::set<std::set<std::string>> out;
    for (auto& [cluster, set] : by_cluster) out.insert(std::move(set));
    return out;
}

inline std::set<std::set<std::string>> customers(
    const Component& component, const Policy& policy = Policy()
) {
    return sets_of(component, partition(component, policy));
}

/// A heap of people who share phones and mailboxes, with decisions of agents in between.
inline Component random_component(std::mt19937& random) {
    const auto pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
    constexpr std::string_view k_names[] = {
        "ana silva", "a silva", "bob jones", "robert jones", "chloe martin", "silva ana"};
    Graph graph;
    const auto record = [&] { return "crm.contact:" + std::to_string(pick(8)); };
    const auto strong = [&] { return (pick(2) ? "email:e" : "phone:p") + std::to_string(pick(4)); };
    for (int i = 0, n = 3 + pick(18); i < n; ++i) {
        const auto other = pick(6) == 0 ? "shop.customer:" + std::to_string(pick(4)) : strong();
        graph.link(pick(8) == 0 ? strong() : record(), other, pick(5)).support = 1 + pick(3);
    }
    for (int i = 0, n = pick(12); i < n; ++i) graph.alike(record(), record(), pick(30) - 8);
    for (int i = 0, n = pick(3); i < n; ++i)
        graph.agent(
            record(),
            pick(2) ? record() : strong(),
            pick(3) ? model::Polarity::not_same : model::Polarity::same,
            pick(5)
        );
    for (int i = 0, n = pick(8); i < n; ++i) graph.name(record(), k_names[pick(6)]);
    constexpr std::string_view k_births[] = {
        "1980-05-07", "1980-07-05", "1980-05-01", "1955-05-07"};
    for (int i = 0, n = pick(5); i < n; ++i) graph.born(record(), k_births[pick(4)]);
    return graph.component;
}

/// The same evidence in another order, links turned round and every key of the store different.
inline Component shuffled(Component component, std::mt19937& random) {
    std::ranges::shuffle(component.members, random);
    std::ranges::shuffle(component.links, random);
    std::ranges::shuffle(component.names, random);
    std::ranges::shuffle(component.births, random);
    std::map<MemberId, MemberId> renamed;
    for (auto& member : component.members) {
        const auto id = MemberId(renamed.size()) + 1;
        renamed[member.id] = id;
        member.id = id;
    }
    for (auto& link : component.links) {
        link.a = renamed.at(link.a);
        link.b = renamed.at(link.b);
        if (random() % 2) std::swap(link.a, link.b);
    }
    for (auto& name : component.names) name.member = renamed.at(name.member);
    for (auto& birth : component.births) birth.member = renamed.at(birth.member);
    return component;
}

}  // namespace touchline::identity::test
