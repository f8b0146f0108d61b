#include "subjects.hpp"

#include <gmock/gmock.h>

namespace touchline::simulated {
namespace {

class HubSpot : public testing::Test {
protected:
    HubSpot() { bench_.simulator().tell("seed", R"({"count": 30})"); }
    mapping::Output mapped(const std::string& stream) { return bench_.mapped(stream); }

    Bench bench_{subject("hubspot")};
};

TEST_F(HubSpot, PutsDealsAndTalksOnTheTimelinesOfTheirContacts) {
    ASSERT_TRUE(bench_.run().empty());
    const std::map<std::string, std::size_t> expected{
        {"deals", 15}, {"calls", 30}, {"emails", 10}, {"notes", 10}};
    for (const auto& [stream, count] : expected) {
        const auto output = mapped(stream);
        EXPECT_EQ(output.touchpoints.size(), count) << stream;
        for (const auto& touchpoint : output.touchpoints)
            EXPECT_EQ(touchpoint.identities.front().ns, "hubspot.contact") << stream;
    }
}

TEST_F(HubSpot, LinksMergedContactsAndForgetsTheOneThatWent) {
    ASSERT_TRUE(bench_.run().empty());
    const auto before = mapped("contacts");
    EXPECT_TRUE(before.links.empty());
    bench_.simulator().tell("step");
    ASSERT_TRUE(bench_.run().empty());
    const auto after = mapped("contacts");
    ASSERT_EQ(after.links.size(), 1u);
    EXPECT_EQ(after.links[0].polarity, model::Polarity::same);
    for (const auto& fact : after.facts)
        EXPECT_NE(fact.identities.front().value, after.links[0].b.value);
}

TEST_F(HubSpot, ForgetsArchivedContactsWithinADay) {
    ASSERT_TRUE(bench_.run().empty());
    const auto before = mapped("contacts");
    bench_.simulator().tell("step");
    ASSERT_TRUE(bench_.run().empty());
    // 53 contacts more with two facts each; one archived, one merged away.
    EXPECT_EQ(mapped("contacts").facts.size(), before.facts.size() + 53 * 2 - 2 * 2);
}

TEST_F(HubSpot, ReadsMoreThanASearchEverFinds) {
    bench_.simulator().tell("seed", R"({"count": 200, "ties": true})");
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(bench_.seen(), bench_.truth());
}

TEST_F(HubSpot, FetchesWhatAWebhookTellsOfOnceForEachObject) {
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("step");
    const auto& contacts = bench_.records().at("contacts");
    const std::string changed = contacts.begin()->first;
    const std::string archived = std::next(contacts.begin())->first;
    bench_.simulator().tell("requests");
    const auto taken = bench_.webhook(
        {},
        R"([{"subscriptionType": "contact.propertyChange", "objectId": )" + changed +
            R"(}, {"subscriptionType": "contact.propertyChange", "objectId": )" + changed +
            R"(}, {"subscriptionType": "contact.deletion", "objectId": )" + archived +
            R"(}, {"subscriptionType": "conversation.creation", "objectId": 1}])"
    );
    ASSERT_TRUE(taken) << taken.error().text();
    EXPECT_EQ(bench_.simulator().tell("requests").root().get("requests")->size(), 2u);
    EXPECT_NE(contacts.at(changed).find("new@example.test"), std::string::npos);
    EXPECT_NE(contacts.at(archived).find(R"("archived":true)"), std::string::npos);
}

}  // namespace
}  // namespace touchline::simulated
