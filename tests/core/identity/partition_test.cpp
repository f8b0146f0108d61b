#include "touchline/identity/partition.hpp"

#include "graph.hpp"

#include <gmock/gmock.h>

namespace touchline::identity {
namespace {

using model::Polarity;
using test::customers;
using test::Graph;
using testing::Field;
using testing::SizeIs;
using Sets = std::set<std::set<std::string>>;

TEST(Partition, JoinsRecordsOverASharedMailbox) {
    Graph graph;
    graph.link("crm.contact:7", "email:ana@example.org");
    graph.link("zendesk.user:55", "email:ana@example.org");
    graph.add("crm.contact:8");
    EXPECT_EQ(
        customers(graph.component),
        (Sets{{"crm.contact:7", "zendesk.user:55", "email:ana@example.org"}, {"crm.contact:8"}})
    );
}

TEST(Partition, OfNothingIsNothing) {
    const auto result = partition({}, Policy());
    EXPECT_EQ(result.count, 0u);
    EXPECT_TRUE(result.cluster.empty());
}

TEST(Partition, LeavesASharedPhoneWithTheSideThatStatesItMoreOften) {
    Graph graph;
    graph.link("crm.contact:1", "phone:+3225551234", 0);
    graph.link("crm.contact:2", "phone:+3225551234", 9).support = 2;
    graph.name("crm.contact:1", "ana silva");
    graph.name("crm.contact:2", "bob jones");
    const auto result = partition(graph.component, Policy());
    EXPECT_EQ(
        test::sets_of(graph.component, result),
        (Sets{{"crm.contact:1"}, {"crm.contact:2", "phone:+3225551234"}})
    );
    ASSERT_THAT(result.refused, SizeIs(1));
    const auto& refused = result.refused.front();
    EXPECT_EQ(refused.reason, Refusal::names);
    EXPECT_EQ(refused.link, 1);
    EXPECT_EQ(refused.shared_with, graph.add("crm.contact:2"));
    EXPECT_EQ(
        (std::set{refused.name_a, refused.name_b}),
        (std::set<std::string>{"ana silva", "bob jones"})
    );
}

TEST(Partition, LeavesANumberThatWasHandedOnWithItsLatestOwner) {
    Graph graph;
    graph.link("crm.contact:1", "phone:+3225551234", 2);
    graph.link("crm.contact:2", "phone:+3225551234", 5);
    graph.name("crm.contact:1", "ana silva");
    graph.name("crm.contact:2", "bob jones");
    EXPECT_EQ(
        customers(graph.component),
        (Sets{{"crm.contact:1"}, {"crm.contact:2", "phone:+3225551234"}})
    );
}

TEST(Partition, BelievesAVerifiedMailboxBeforeAClaimedOne) {
    Graph graph;
    graph.link("crm.contact:1", "email:family@example.org").support = 9;
    graph.link("crm.contact:2", "email:family@example.org", 9).rule = "verified_record@1";
    graph.name("crm.contact:1", "ana silva");
    graph.name("crm.contact:2", "bob silva");
    EXPECT_EQ(
        customers(graph.component),
        (Sets{{"crm.contact:1"}, {"crm.contact:2", "email:family@example.org"}})
    );
}

TEST(Partition, JoinsNobodyOverASwitchboard) {
    Graph graph;
    for (int i = 0; i < 6; ++i)
        graph.link("helpdesk.user:" + std::to_string(i), "phone:+3225551234", i);
    const auto result = partition(graph.component, Policy());
    EXPECT_EQ(result.count, 7u);
    EXPECT_THAT(result.shared, testing::ElementsAre(graph.add("phone:+3225551234")));
    ASSERT_THAT(result.refused, SizeIs(6));
    EXPECT_EQ(result.refused.front().reason, Refusal::shared);
}

TEST(Partition, JoinsTheManyKeysOfOnePersonOverTheirMailbox) {
    Graph graph;
    for (int i = 0; i < 20; ++i) {
        const auto key = "crm.contact:" + std::to_string(i);
        graph.link(key, "email:ana@example.org");
        graph.name(key, i % 2 == 0 ? "ana silva" : "silva a");
    }
    EXPECT_THAT(customers(graph.component), SizeIs(1));
}

TEST(Partition, CountsTheHoldersOfEachSystemByThemselves) {
    Graph graph;
    for (int i = 0; i < 9; ++i)
        graph.link("system" + std::to_string(i) + ".user:1", "email:ana@example.org");
    EXPECT_THAT(customers(graph.component), SizeIs(1));
}

TEST(Partition, TakesAMailboxUnderManyNamesForAShared) {
    Graph graph;
    graph.link("crm.contact:1", "email:club@example.org");
    for (const auto* name :
         {"ana silva", "bob jones", "chloe martin", "dirk maes", "eva roth", "finn berg"})
        graph.name("email:club@example.org", name);
    EXPECT_THAT(customers(graph.component), SizeIs(2));
}

TEST(Partition, LetsOneHolderHaveAMailboxWithARole) {
    Graph graph;
    graph.link("crm.contact:1", "email:info@bakery.example");
    graph.link("shop.customer:1", "email:info@bakery.example");
    EXPECT_THAT(customers(graph.component), SizeIs(1));
    graph.link("crm.contact:2", "email:info@bakery.example");
    EXPECT_THAT(customers(graph.component), SizeIs(4));
}

TEST(Partition, BelievesAPersonAboutASharedNumber) {
    Graph graph;
    for (int i = 0; i < 6; ++i)
        graph.link("helpdesk.user:" + std::to_string(i), "phone:+3225551234");
    graph.agent("helpdesk.user:3", "phone:+3225551234", Polarity::same);
    EXPECT_TRUE(customers(graph.component).contains({"helpdesk.user:3", "phone:+3225551234"}));
}

TEST(Partition, TakesACrowdForSharedWhateverTheNames) {
    Graph graph;
    for (std::uint32_t i = 0; i <= k_crowd; ++i) {
        const auto key = "crm.contact:" + std::to_string(i);
        graph.link(key, "email:ana@example.org");
        graph.name(key, "ana silva");
    }
    EXPECT_THAT(customers(graph.component), SizeIs(k_crowd + 2));
}

TEST(Partition, JoinsOverASharedPhoneWhenTheNamesAgreeOrOneSideHasNone) {
    Graph graph;
    graph.link("crm.contact:1", "phone:+3225551234");
    graph.link("crm.contact:2", "phone:+3225551234");
    graph.link("call:9", "phone:+3225551234");
    graph.name("crm.contact:1", "ana silva");
    graph.name("crm.contact:2", "a silva");
    EXPECT_THAT(customers(graph.component), SizeIs(1));
}

TEST(Partition, DecidesByTheMoreTellingNamespaceFirst) {
    // Contact 3 has no name. Its phone speaks for 1, its mailbox for 2, and a mailbox tells more.
    Graph graph;
    graph.link("crm.contact:1", "phone:+3225551234").support = 9;
    graph.link("crm.contact:3", "phone:+3225551234").support = 9;
    graph.link("crm.contact:3", "email:bob@example.org");
    graph.link("crm.contact:2", "email:bob@example.org");
    graph.name("crm.contact:1", "ana silva");
    graph.name("crm.contact:2", "bob jones");
    EXPECT_EQ(
        customers(graph.component),
        (Sets{
            {"crm.contact:1", "phone:+3225551234"},
            {"crm.contact:2", "crm.contact:3", "email:bob@example.org"}})
    );
}

TEST(Partition, KeysOfSourcesJoinWhateverTheNamesSay) {
    Graph graph;
    graph.link("crm.contact:1", "shop.customer:5");
    graph.name("crm.contact:1", "ana silva");
    graph.name("shop.customer:5", "ana oliveira");
    EXPECT_THAT(customers(graph.component), SizeIs(1));
}

TEST(Partition, RefusesTheNinthMailboxOfACustomer) {
    Graph graph;
    for (int i = 1; i <= 9; ++i)
        graph.link("crm.contact:1", "email:e" + std::to_string(i) + "@example.org", i);
    const auto result = partition(graph.component, Policy());
    EXPECT_EQ(result.count, 2u);
    ASSERT_THAT(result.refused, SizeIs(1));
    EXPECT_EQ(result.refused.front().reason, Refusal::cap);
    EXPECT_EQ(result.refused.front().ns, "email");
    EXPECT_EQ(result.refused.front().b, graph.add("email:e9@example.org"));
}

TEST(Partition, KeepsApartWhatAPersonSaidIsNotTheSame) {
    Graph graph;
    graph.link("crm.contact:1", "email:x@example.org");
    graph.link("crm.contact:2", "email:x@example.org", 1);
    graph.agent("crm.contact:1", "crm.contact:2", Polarity::not_same);
    const auto result = partition(graph.component, Policy());
    EXPECT_EQ(
        test::sets_of(graph.component, result),
        (Sets{{"crm.contact:1", "email:x@example.org"}, {"crm.contact:2"}})
    );
    ASSERT_THAT(result.refused, SizeIs(1));
    EXPECT_EQ(result.refused.front().reason, Refusal::not_same);
    EXPECT_EQ(
        (std::set{result.refused.front().other_a, result.refused.front().other_b}),
        (std::set{graph.add("crm.contact:1"), graph.add("crm.contact:2")})
    );
}

TEST(Partition, APersonsJoiningOverrulesNamesAndSources) {
    Graph graph;
    graph.link("crm.contact:1", "crm.contact:2").polarity = Polarity::not_same;
    graph.name("crm.contact:1", "ana silva");
    graph.name("crm.contact:2", "bob jones");
    graph.agent("crm.contact:1", "crm.contact:2", Polarity::same);
    EXPECT_THAT(customers(graph.component), SizeIs(1));
}

TEST(Partition, OfTwoDecisionsOnAPairTheLaterCounts) {
    Graph graph;
    graph.agent("crm.contact:1", "crm.contact:2", Polarity::not_same, 1);
    graph.agent("crm.contact:1", "crm.contact:2", Polarity::same, 2);
    EXPECT_THAT(customers(graph.component), SizeIs(1));
    graph.agent("crm.contact:2", "crm.contact:1", Polarity::not_same, 3);
    EXPECT_THAT(customers(graph.component), SizeIs(2));
    graph.agent("crm.contact:2", "crm.contact:1", Polarity::same, 3);
    EXPECT_THAT(customers(graph.component), SizeIs(2)) << "at the same moment, caution wins";
}

TEST(Partition, NeverJoinsOverAName) {
    Graph graph;
    graph.link("crm.contact:1", "name:ana silva");
    graph.agent("crm.contact:2", "name:ana silva", Polarity::same);
    const auto result = partition(graph.component, Policy());
    EXPECT_EQ(result.count, 3u);
    EXPECT_THAT(result.refused, testing::Each(Field(&RefusedLink::reason, Refusal::weak)));
}

TEST(Partition, ForgetsARefusalThatAnotherWayMadeIdle) {
    Graph graph;
    graph.link("crm.contact:1", "phone:+3225551234");
    graph.link("crm.contact:2", "phone:+3225551234");
    graph.name("crm.contact:1", "ana silva");
    graph.name("crm.contact:2", "ana oliveira");
    EXPECT_THAT(partition(graph.component, Policy()).refused, SizeIs(1));
    graph.link("crm.contact:1", "crm.contact:2");
    EXPECT_THAT(partition(graph.component, Policy()).refused, SizeIs(0));
}

TEST(Partition, TakesAMistypedBirthdayForTheSameOneAndAGenerationForAnother) {
    const auto customers_of = [](std::string_view a, std::string_view b) {
        Graph graph;
        graph.link("crm.contact:1", "email:ana@example.org");
        graph.link("crm.contact:2", "email:ana@example.org");
        graph.born("crm.contact:1", a);
        graph.born("crm.contact:2", b);
        return customers(graph.component).size();
    };
    EXPECT_EQ(customers_of("1980-05-07", "1980-05-07"), 1U);
    EXPECT_EQ(customers_of("1980-05-07", "1980-05-01"), 1U) << "a digit";
    EXPECT_EQ(customers_of("1980-05-07", "1980-07-05"), 1U) << "day and month";
    EXPECT_EQ(customers_of("1980-05-07", "1983-11-21"), 2U);
    EXPECT_EQ(customers_of("1980-05-07", "1950-05-07"), 2U) << "a digit, and father and son";
}

TEST(Partition, LeavesLinksToStrangersOutOfAccount) {
    Graph graph;
    graph.link("crm.contact:1", "email:x@example.org").b = 4711;
    graph.component.names.push_back({4711, "nobody"});
    EXPECT_THAT(customers(graph.component), SizeIs(2));
}

TEST(Partition, JoinsByTheMeanOverAllPairsOfTwoSides) {
    Graph graph;
    graph.link("crm.contact:1", "shop.customer:1");
    graph.alike("crm.contact:1", "desk.user:1", 8);
    graph.alike("shop.customer:1", "desk.user:1", -3);
    graph.component.join_from = 1;
    EXPECT_EQ(customers(graph.component).size(), 1U) << "2.5 bits a pair";
    graph.component.links.back().score = -10;
    EXPECT_EQ(customers(graph.component).size(), 2U) << "-1 bit a pair";
}

TEST(Partition, TakesPairsOfWhichNothingIsKnownForUnlikeWhereTheyWereCompared) {
    Graph graph;
    graph.link("crm.contact:1", "shop.customer:1");
    graph.alike("crm.contact:1", "desk.user:1", 8);
    graph.component.join_from = 1;
    EXPECT_EQ(customers(graph.component).size(), 1U) << "the shop tells nothing";
    for (auto& member : graph.component.members) member.compared = true;
    EXPECT_EQ(customers(graph.component).size(), 2U) << "8 - 7 bits for two pairs";
}

TEST(Partition, JoinsTheMostAlikeFirstAndWeighsAnewWhatTheyAreTogether) {
    Graph graph;
    graph.alike("a.x:1", "b.x:1", 12);
    graph.alike("b.x:1", "c.x:1", 6);
    graph.alike("c.x:1", "d.x:1", 9);
    graph.component.join_from = 1;
    const std::set<std::set<std::string>> two{{"a.x:1", "b.x:1"}, {"c.x:1", "d.x:1"}};
    EXPECT_EQ(customers(graph.component), two) << "no chain: three of four pairs are unlike";
    graph.alike("a.x:1", "c.x:1", 6);
    graph.alike("b.x:1", "d.x:1", 6);
    EXPECT_EQ(customers(graph.component).size(), 1U) << "18 - 7 bits for four pairs";
}

TEST(Partition, HoldsLikenessesToTheBrakesOfAllLinks) {
    Graph graph;
    graph.alike("a.x:1", "b.x:1", 12);
    graph.alike("b.x:1", "c.x:1", 9);
    graph.agent("a.x:1", "c.x:1", model::Polarity::not_same);
    const auto result = partition(graph.component, Policy());
    const std::set<std::set<std::string>> apart{{"a.x:1", "b.x:1"}, {"c.x:1"}};
    EXPECT_EQ(test::sets_of(graph.component, result), apart);
    ASSERT_EQ(result.refused.size(), 1U);
    EXPECT_EQ(result.refused[0].reason, Refusal::not_same);
}

TEST(Partition, LetsNothingUnlikeBeRefused) {
    Graph graph;
    graph.alike("a.x:1", "b.x:1", -3);
    const auto result = partition(graph.component, Policy());
    EXPECT_EQ(result.count, 2U);
    EXPECT_TRUE(result.refused.empty()) << "nothing says that they are one";
}

}  // namespace
}  // namespace touchline::identity
