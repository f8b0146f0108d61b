#include "subjects.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace touchline::simulated {
namespace {

class Pipedrive : public testing::Test {
protected:
    Pipedrive() { bench_.simulator().tell("seed", R"({"count": 60})"); }
    std::ptrdiff_t count(const std::string& stream, const std::string& kind, model::State state) {
        const auto output = bench_.mapped(stream);
        return std::count_if(
            output.touchpoints.begin(),
            output.touchpoints.end(),
            [&](const auto& touchpoint) {
                return touchpoint.kind == kind && touchpoint.state == state;
            }
        );
    }

    Bench bench_{subject("pipedrive")};
};

TEST_F(Pipedrive, TellsOfDealsThatWereWonAndTakesBackThoseThatWereDeleted) {
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("deals", "deal.opened", model::State::live), 60);
    bench_.simulator().tell("step");
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("deals", "deal.opened", model::State::live), 59);
    EXPECT_EQ(count("deals", "deal.opened", model::State::retracted), 1);
    EXPECT_EQ(count("deals", "deal.won", model::State::live), 1);
}

TEST_F(Pipedrive, TellsOnlyOfActivitiesThatAreDone) {
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("activities", "call.completed", model::State::live), 30);
}

TEST_F(Pipedrive, ForgetsAPersonThatAWebhookSaysIsGone) {
    ASSERT_TRUE(bench_.run().empty());
    const std::string id = bench_.records().at("persons").begin()->first;
    const std::string call = R"({"meta": {"version": "2.0", "entity": "person", "entity_id": ")" +
                             id + R"(", "action": "delete"}, "data": null})";
    ASSERT_TRUE(bench_.webhook({}, call));
    EXPECT_EQ(bench_.records().at("persons").at(id).find("is_deleted\":true"), std::string::npos)
        << "still there";
    bench_.simulator().tell("remove", R"({"kind": "persons", "id": )" + id + "}");
    ASSERT_TRUE(bench_.webhook({}, call));
    EXPECT_NE(bench_.records().at("persons").at(id).find("is_deleted\":true"), std::string::npos);
}

}  // namespace
}  // namespace touchline::simulated
