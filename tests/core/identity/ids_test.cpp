#include "touchline/identity/ids.hpp"

#include "graph.hpp"

#include <gmock/gmock.h>

namespace touchline::identity {
namespace {

using model::Polarity;
using test::Graph;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// What a store would remember, so that plans can follow one upon the other.
class Book {
public:
    IdPlan apply(const Component& component) {
        const auto result = partition(component, Policy());
        auto plan = assign_ids(component, result, known_, memberships_);
        std::vector<std::string> id_of(result.count);
        for (std::size_t c = 0; c < result.count; ++c) {
            const auto& assignment = plan.assignments[c];
            id_of[c] = assignment.id;
            if (assignment.origin == Origin::created) {
                id_of[c] = "cu_" + std::to_string(++minted_);
                known_.push_back({id_of[c], assignment.anchor, test::day(int(minted_)), ""});
            } else {
                auto& known = find(assignment.id);
                known.anchor = assignment.anchor;
                known.alias_of.clear();
            }
        }
        for (const auto& alias : plan.aliases) find(alias.id).alias_of = id_of[alias.cluster];
        memberships_.clear();
        for (std::size_t i = 0; i < component.members.size(); ++i)
            memberships_.push_back({component.members[i].id, id_of[result.cluster[i]]});
        return plan;
    }

    std::string customer_of(MemberId member) const {
        return std::ranges::find(memberships_, member, &Membership::member)->customer;
    }
    std::string resolve(std::string id) {
        for (std::size_t hops = 0; hops <= known_.size() && !find(id).alias_of.empty(); ++hops)
            id = find(id).alias_of;
        return id;
    }
    KnownId& find(const std::string& id) { return *std::ranges::find(known_, id, &KnownId::id); }
    const std::vector<KnownId>& known() const { return known_; }

private:
    std::vector<KnownId> known_;
    std::vector<Membership> memberships_;
    int minted_ = 0;
};

TEST(AssignIds, MintsOneIdPerCustomerAndKeepsIt) {
    Graph graph;
    graph.link("crm.contact:1", "email:a@example.org");
    Book book;
    EXPECT_EQ(book.apply(graph.component).assignments.at(0).origin, Origin::created);
    EXPECT_EQ(book.find("cu_1").anchor, graph.add("crm.contact:1"))
        << "a source's own key makes the better anchor";
    graph.link("crm.contact:1", "phone:+3225551234");
    const auto plan = book.apply(graph.component);
    EXPECT_EQ(plan.assignments.at(0).origin, Origin::kept);
    EXPECT_EQ(plan.assignments.at(0).id, "cu_1");
    EXPECT_THAT(plan.aliases, IsEmpty());
}

TEST(AssignIds, WhereCustomersMeetTheOlderLives) {
    Graph graph;
    graph.add("zendesk.user:9");
    Book book;
    book.apply(graph.component);
    graph.add("crm.contact:1");
    book.apply(graph.component);
    graph.link("crm.contact:1", "zendesk.user:9");
    const auto plan = book.apply(graph.component);
    EXPECT_EQ(plan.assignments.at(0).id, "cu_1");
    ASSERT_THAT(plan.aliases, SizeIs(1));
    EXPECT_EQ(plan.aliases.front().id, "cu_2");
    EXPECT_TRUE(plan.aliases.front().merged);
    EXPECT_EQ(book.resolve("cu_2"), "cu_1");
}

TEST(AssignIds, SeparatingGivesEveryPartItsFormerId) {
    Graph graph;
    graph.add("crm.contact:1");
    graph.add("zendesk.user:9");
    Book book;
    book.apply(graph.component);
    const auto first = book.customer_of(graph.add("crm.contact:1")),
               second = book.customer_of(graph.add("zendesk.user:9"));
    graph.link("crm.contact:1", "zendesk.user:9");
    book.apply(graph.component);
    graph.agent("crm.contact:1", "zendesk.user:9", Polarity::not_same);
    const auto plan = book.apply(graph.component);
    EXPECT_EQ(book.customer_of(graph.add("crm.contact:1")), first);
    EXPECT_EQ(book.customer_of(graph.add("zendesk.user:9")), second);
    EXPECT_EQ(plan.assignments.at(1).origin, Origin::revived);
    EXPECT_THAT(plan.assignments.at(1).split_from, ElementsAre(first));
    EXPECT_THAT(plan.assignments.at(0).split_from, IsEmpty());
    graph.component.links.pop_back();
    book.apply(graph.component);
    EXPECT_EQ(book.resolve(second), first) << "undone and done again";
}

TEST(AssignIds, APartThatWasNeverACustomerGetsANewId) {
    Graph graph;
    graph.link("crm.contact:1", "email:a@example.org");
    graph.link("crm.contact:2", "email:a@example.org", 1);
    Book book;
    book.apply(graph.component);
    graph.agent("crm.contact:1", "crm.contact:2", Polarity::not_same);
    const auto plan = book.apply(graph.component);
    EXPECT_EQ(book.customer_of(graph.add("crm.contact:1")), "cu_1");
    EXPECT_EQ(book.customer_of(graph.add("crm.contact:2")), "cu_2");
    EXPECT_THAT(plan.assignments.at(1).split_from, ElementsAre("cu_1"));
}

TEST(AssignIds, AnIdWhoseAnchorIsGoneStaysWithMostOfItsMembers) {
    Graph graph;
    for (const auto* other : {"zendesk.user:2", "zendesk.user:3", "zendesk.user:4"})
        graph.link("crm.contact:1", other);
    graph.link("zendesk.user:3", "zendesk.user:4");
    Book book;
    book.apply(graph.component);
    auto& members = graph.component.members;
    members.erase(members.begin());
    const auto plan = book.apply(graph.component);
    ASSERT_THAT(plan.assignments, SizeIs(2));
    EXPECT_EQ(plan.assignments.at(1).id, "cu_1");
    EXPECT_EQ(plan.assignments.at(1).anchor, graph.add("zendesk.user:3"));
    EXPECT_EQ(plan.assignments.at(0).origin, Origin::created);
}

TEST(AssignIds, ReportsAnIdThatNobodyIsLeftOf) {
    Graph graph;
    graph.add("crm.contact:1");
    Book book;
    book.apply(graph.component);
    EXPECT_THAT(book.apply({}).vacant, ElementsAre("cu_1"));
}

TEST(AssignIds, EveryIdEverHandedOutFindsTheCustomerOfItsAnchor) {
    std::mt19937 random(17);
    for (int round = 0; round < 60; ++round) {
        auto component = test::random_component(random);
        const auto links = component.links;
        Book book;
        for (int change = 0; change < 8; ++change) {
            component.links.clear();
            for (const auto& link : links)
                if (random() % 3) component.links.push_back(link);
            book.apply(component);
            std::set<std::string> live;
            for (const auto& known : book.known()) {
                ASSERT_EQ(book.resolve(known.id), book.customer_of(known.anchor))
                    << known.id << " in round " << round;
                if (known.alias_of.empty()) live.insert(known.id);
            }
            ASSERT_EQ(live.size(), partition(component, Policy()).count)
                << "one live id per customer";
            const auto again = book.apply(component);
            ASSERT_THAT(again.aliases, IsEmpty()) << "nothing changes where nothing changed";
            for (const auto& assignment : again.assignments)
                ASSERT_EQ(assignment.origin, Origin::kept);
        }
    }
}

}  // namespace
}  // namespace touchline::identity
