#include "touchline/identity/explain.hpp"

#include "graph.hpp"

#include <gmock/gmock.h>

namespace touchline::identity {
namespace {

using model::Polarity;
using test::Graph;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Explanation pair(Graph& graph, std::string_view a, std::string_view b) {
    const auto result = partition(graph.component, Policy());
    return explain_pair(graph.component, result, graph.add(a), graph.add(b)).value();
}

TEST(Explain, WalksTheShortestWayFromOneToTheOther) {
    Graph graph;
    graph.link("crm.contact:7", "email:ana@example.org", 3).support = 2;
    auto& rule = graph.link("zendesk.user:55", "email:ana@example.org", 5);
    rule.by = model::By::rule;
    rule.rule = "email_exact@1";
    graph.link("zendesk.user:55", "phone:+3225551234", 1);
    graph.link("phone:+3225551234", "shop.customer:1", 1);
    graph.link("shop.customer:1", "crm.contact:7", 1);
    const auto why = pair(graph, "crm.contact:7", "zendesk.user:55");
    EXPECT_TRUE(why.same);
    EXPECT_EQ(
        why.summary, "crm.contact:7 and zendesk.user:55 belong to one customer, over 2 links."
    );
    EXPECT_THAT(
        why.reasons,
        ElementsAre(
            "crm.contact:7 and email:ana@example.org stand together in one record, first on "
            "2024-10-07, by 2 records.",
            "email:ana@example.org and zendesk.user:55 match by the rule \"email_exact@1\", first "
            "on 2024-10-09."
        )
    );
    EXPECT_THAT(why.path.at(0).links, ElementsAre(1));
}

TEST(Explain, SaysThatAPersonDecided) {
    Graph graph;
    graph.link("crm.contact:1", "crm.contact:2");
    graph.agent("crm.contact:1", "crm.contact:2", Polarity::same, 1);
    EXPECT_THAT(
        pair(graph, "crm.contact:2", "crm.contact:1").reasons,
        ElementsAre("A person said on 2024-10-05 that crm.contact:2 and crm.contact:1 are the same."
        )
    );
}

TEST(Explain, TellsWhyTwoStayApart) {
    Graph graph;
    graph.link("crm.contact:1", "phone:+3225551234", 1);
    graph.link("crm.contact:2", "phone:+3225551234");
    graph.name("crm.contact:1", "ana silva");
    graph.name("crm.contact:2", "bob jones");
    const auto why = pair(graph, "crm.contact:1", "crm.contact:2");
    EXPECT_FALSE(why.same);
    EXPECT_EQ(
        why.summary,
        "crm.contact:1 and crm.contact:2 belong to two customers: one link between them was "
        "refused."
    );
    EXPECT_THAT(
        why.reasons,
        ElementsAre("crm.contact:2 and phone:+3225551234 are linked, but the names \"bob jones\" "
                    "and \"ana silva\" contradict. phone:+3225551234 stays with crm.contact:1.")
    );
}

TEST(Explain, NamesTheDecisionThatKeepsTwoApart) {
    Graph graph;
    graph.link("crm.contact:1", "email:x@example.org");
    graph.link("crm.contact:2", "email:x@example.org", 1);
    graph.agent("crm.contact:1", "crm.contact:2", Polarity::not_same);
    EXPECT_THAT(
        pair(graph, "crm.contact:1", "crm.contact:2").reasons,
        ElementsAre("crm.contact:2 and email:x@example.org are linked, but a person said on "
                    "2024-10-04 that "
                    "crm.contact:2 and "
                    "crm.contact:1 are not the same. email:x@example.org stays with crm.contact:1.")
    );
}

TEST(Explain, SaysWhenNothingLeadsFromOneToTheOther) {
    Graph graph;
    graph.add("crm.contact:1");
    graph.add("crm.contact:2");
    const auto why = pair(graph, "crm.contact:1", "crm.contact:2");
    EXPECT_EQ(
        why.summary,
        "crm.contact:1 and crm.contact:2 belong to two customers: no link leads from one to the "
        "other."
    );
    EXPECT_THAT(why.reasons, IsEmpty());
}

TEST(Explain, ShowsHowACustomerHangsTogether) {
    Graph graph;
    graph.link("crm.contact:1", "email:a@example.org");
    graph.link("zendesk.user:2", "email:a@example.org");
    for (int i = 1; i < 9; ++i)
        graph.link("crm.contact:1", "email:b" + std::to_string(i) + "@example.org");
    const auto result = partition(graph.component, Policy());
    const auto why = explain_customer(graph.component, result, graph.add("crm.contact:1"));
    ASSERT_TRUE(why);
    EXPECT_EQ(why->summary, "This customer has 10 identities.");
    EXPECT_THAT(why->path, SizeIs(9));
    EXPECT_EQ(why->path.back().to, graph.add("zendesk.user:2"));
    EXPECT_EQ(
        why->reasons.back(),
        "crm.contact:1 and email:b8@example.org are linked, but one customer would then have "
        "more values of \"email\" than max_per_customer allows."
    );
}

TEST(Explain, HasNothingToSayOfAStranger) {
    Graph graph;
    graph.add("crm.contact:1");
    const auto result = partition(graph.component, Policy());
    EXPECT_FALSE(explain_pair(graph.component, result, graph.add("crm.contact:1"), 4711));
    EXPECT_FALSE(explain_customer(graph.component, result, 4711));
}

TEST(Explain, EveryPairOfACustomerHasAPathOfLinksThatHold) {
    std::mt19937 random(23);
    for (int round = 0; round < 25; ++round) {
        const auto component = test::random_component(random);
        const auto result = partition(component, Policy());
        for (std::size_t i = 0; i < component.members.size(); ++i) {
            for (std::size_t j = 0; j < component.members.size(); ++j) {
                const auto why = explain_pair(
                    component, result, component.members[i].id, component.members[j].id
                );
                ASSERT_EQ(why->same, result.cluster[i] == result.cluster[j]);
                ASSERT_EQ(why->path.empty(), !why->same || i == j);
            }
        }
    }
}

TEST(Explain, NamesTheLikenessWhereALinkAloneWasNotEnough) {
    Graph graph;
    graph.link("crm.contact:1", "phone:+32475000001");
    graph.link("desk.user:1", "phone:+32475000001");
    graph.name("crm.contact:1", "ana silva");
    graph.name("desk.user:1", "anouk de silva");
    graph.alike("crm.contact:1", "desk.user:1", 6).reason = "surname is a part of the other";
    const auto why = pair(graph, "crm.contact:1", "desk.user:1");
    ASSERT_THAT(why.path, SizeIs(1));
    EXPECT_THAT(why.reasons, ElementsAre(testing::HasSubstr("are alike: surname is a part")));
}

}  // namespace
}  // namespace touchline::identity
