#include "subjects.hpp"

#include <gmock/gmock.h>

namespace touchline::simulated {
namespace {

class Delighted : public testing::Test {
protected:
    Delighted() { bench_.simulator().tell("seed", R"({"count": 30})"); }

    Bench bench_{subject("delighted")};
};

TEST_F(Delighted, KeepsTheScoreThatSomebodyCorrected) {
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("step");
    ASSERT_TRUE(bench_.run().empty());
    const auto output = bench_.mapped("responses");
    EXPECT_EQ(output.touchpoints.size(), 120u + 107u);
    EXPECT_EQ(output.touchpoints.front().subject, "Answered 10 of 10");
    EXPECT_EQ(output.touchpoints.back().experience.front().measure, "stars");
}

TEST_F(Delighted, TakesTheWholeResponseOutOfACall) {
    ASSERT_TRUE(bench_.webhook(
        {},
        R"({"event_type": "survey_response.created", "event_id": "e", "event_data": {"id": "9", "survey_type": "nps", "score": 3, "created_at": 1790000000, "updated_at": 1790000000, "person": {"email": "ana@example.test"}}})"
    ));
    EXPECT_EQ(bench_.records().at("responses").size(), 1u);
    ASSERT_TRUE(bench_.webhook(
        {}, R"({"event_type": "unsubscribe.created", "event_data": {"person": {"id": "1"}}})"
    ));
    EXPECT_EQ(bench_.records().at("responses").size(), 1u);
}

}  // namespace
}  // namespace touchline::simulated
