#include "subjects.hpp"

#include <gmock/gmock.h>

namespace touchline::simulated {
namespace {

class Dynamics : public testing::Test {
protected:
    Dynamics() { bench_.simulator().tell("seed", R"({"count": 60})"); }
    mapping::Output mapped(const std::string& stream) { return bench_.mapped(stream); }

    Bench bench_{subject("dynamics")};
};

TEST_F(Dynamics, PutsDealsCasesAndTalksOnTheTimelinesOfTheirContacts) {
    ASSERT_TRUE(bench_.run().empty());
    const std::map<std::string, std::size_t> expected{
        {"opportunities", 30},
        {"phonecalls", 30},
        {"emails", 20},
        {"cases", 20},
        {"appointments", 20}};
    for (const auto& [stream, count] : expected) {
        const auto output = mapped(stream);
        EXPECT_EQ(output.touchpoints.size(), count) << stream;
        for (const auto& touchpoint : output.touchpoints)
            EXPECT_EQ(touchpoint.identities.front().ns, "dynamics.contact") << stream;
    }
}

TEST_F(Dynamics, ForgetsWhoWasDeletedAndLinksWhoWasMerged) {
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(mapped("contacts").facts.size(), 120u);
    const std::string deleted = bench_.records().at("contacts").rbegin()->first;
    bench_.simulator().tell("step");
    bench_.simulator().tell("delete", R"({"set": "contacts", "id": ")" + deleted + R"("})");
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(bench_.seen(), bench_.truth());
    const auto after = mapped("contacts");
    EXPECT_EQ(after.facts.size(), 120u - 4u + 87u * 2u);
    EXPECT_EQ(after.links.size(), 1u);
    EXPECT_EQ(mapped("opportunities").touchpoints.size(), 31u);
}

TEST_F(Dynamics, ReadsTheWholeTableAgainWhenItsLinkHasExpired) {
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("step");
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("advance", R"({"seconds": 700000})");
    EXPECT_TRUE(bench_.run().empty());
    EXPECT_EQ(bench_.seen(), bench_.truth());
    // Once.
    bench_.simulator().tell("requests");
    EXPECT_TRUE(bench_.run().empty());
    EXPECT_EQ(bench_.simulator().tell("requests").root().get("requests")->size(), 8u);
}

TEST_F(Dynamics, SaysWhichTableIsNotTracked) {
    bench_.simulator().tell("untrack", R"({"set": "incidents"})");
    const auto errors = bench_.run();
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors.at("cases").code(), Code::config);
    EXPECT_THAT(errors.at("cases").text(), testing::HasSubstr("incidents"));
}

}  // namespace
}  // namespace touchline::simulated
