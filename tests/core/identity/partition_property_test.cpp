// What holds for every partition, on random evidence.
#include "graph.hpp"

#include "touchline/identity/partition.hpp"

#include <gtest/gtest.h>

namespace touchline::identity {
namespace {

constexpr int k_rounds = 200;

std::string key_of(const Component& component, MemberId id) {
    for (const auto& member : component.members)
        if (member.id == id) return member.ns + ":" + member.value;
    return {};
}

/// Refusals by their keys.
std::multiset<std::string> refusals(const Component& component, const Partition& partition) {
    std::multiset<std::string> out;
    for (const auto& refused : partition.refused) {
        auto a = key_of(component, refused.a), b = key_of(component, refused.b);
        if (b < a) std::swap(a, b);
        out.insert(
            a + "|" + b + "|" + std::to_string(int(refused.reason)) + "|" + refused.ns + "|" +
            key_of(component, refused.shared_with)
        );
    }
    return out;
}

Policy tight() {
    model::NamespaceSetting email, contact, phone;
    email.name = "email";
    email.max_per_customer = 2;
    contact.name = "crm.contact";
    contact.max_per_customer = 3;
    phone.name = "phone";
    phone.max_customers = 2;
    return Policy::make(std::vector{email, contact, phone}).value();
}

TEST(PartitionProperty, DoesNotDependOnAnyOrder) {
    std::mt19937 random(20260923);
    const auto policy = tight();
    for (int round = 0; round < k_rounds; ++round) {
        const auto component = test::random_component(random);
        const auto first = partition(component, policy);
        for (int i = 0; i < 5; ++i) {
            const auto other = test::shuffled(component, random);
            const auto again = partition(other, policy);
            ASSERT_EQ(test::sets_of(component, first), test::sets_of(other, again))
                << "round " << round;
            ASSERT_EQ(refusals(component, first), refusals(other, again)) << "round " << round;
        }
    }
}

TEST(PartitionProperty, NumbersClustersByTheirFirstKey) {
    std::mt19937 random(7);
    for (int round = 0; round < k_rounds; ++round) {
        const auto component = test::random_component(random);
        const auto other = test::shuffled(component, random);
        const auto a = partition(component, Policy()), b = partition(other, Policy());
        std::map<std::string, std::uint32_t> number;
        for (std::size_t i = 0; i < component.members.size(); ++i)
            number[component.members[i].ns + component.members[i].value] = a.cluster[i];
        for (std::size_t i = 0; i < other.members.size(); ++i)
            ASSERT_EQ(number.at(other.members[i].ns + other.members[i].value), b.cluster[i]);
    }
}

TEST(PartitionProperty, KeepsEveryPromise) {
    std::mt19937 random(11);
    const auto policy = tight();
    for (int round = 0; round < k_rounds; ++round) {
        auto component = test::random_component(random);
        // Agents may go beyond a cap, so the caps are judged without their joinings.
        std::erase_if(component.links, [](const auto& link) {
            return link.by == model::By::agent && link.polarity == model::Polarity::same;
        });
        const auto result = partition(component, policy);
        std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> values;
        std::map<MemberId, std::uint32_t> cluster;
        for (std::size_t i = 0; i < component.members.size(); ++i) {
            ++values[{result.cluster[i], component.members[i].ns}];
            cluster[component.members[i].id] = result.cluster[i];
            ASSERT_LT(result.cluster[i], result.count);
        }
        for (const auto& [key, count] : values)
            ASSERT_LE(count, policy.rule(key.second).max_per_customer);
        for (const auto& link : component.links) {
            const bool together = cluster.at(link.a) == cluster.at(link.b);
            if (link.polarity == model::Polarity::not_same) {
                ASSERT_TRUE(!together || link.a == link.b);
            } else if (!together && !link.score) {
                const bool reported = std::ranges::any_of(result.refused, [&](const auto& refused) {
                    return std::minmax(refused.a, refused.b) == std::minmax(link.a, link.b);
                });
                ASSERT_TRUE(reported) << "a link that does not hold is always accounted for";
            }
        }
    }
}

TEST(PartitionProperty, WithdrawingAPersonsWordBringsTheOldPartitionBack) {
    std::mt19937 random(13);
    for (int round = 0; round < k_rounds; ++round) {
        auto component = test::random_component(random);
        const auto before = test::customers(component);
        auto& members = component.members;
        LinkEvidence apart;
        apart.id = 9999;
        apart.a = members[random() % members.size()].id;
        apart.b = members[random() % members.size()].id;
        apart.polarity = model::Polarity::not_same;
        apart.by = model::By::agent;
        apart.asserted_at = test::day(100);
        component.links.push_back(apart);
        const auto result = partition(component, Policy());
        component.links.pop_back();
        ASSERT_EQ(test::customers(component), before);
    }
}

}  // namespace
}  // namespace touchline::identity
