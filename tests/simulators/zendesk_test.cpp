#include "subjects.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace touchline::simulated {
namespace {

class Zendesk : public testing::Test {
protected:
    Zendesk() { bench_.simulator().tell("seed", R"({"count": 30})"); }
    /// How many touchpoints of a kind and state the stream became.
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

    Bench bench_{subject("zendesk")};
};

TEST_F(Zendesk, BecomesCasesMessagesNotesAndRatings) {
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("tickets", "case.opened", model::State::live), 30);
    EXPECT_EQ(count("comments", "message.sent", model::State::live), 40);
    EXPECT_EQ(count("comments", "note.added", model::State::live), 10);
    EXPECT_EQ(count("ratings", "survey.responded", model::State::live), 6);
    const auto people = bench_.mapped("users");
    EXPECT_EQ(people.facts.size(), 60u) << "name and e-mail of thirty customers, and no agent";
}

TEST_F(Zendesk, TakesBackTheCaseOfADeletedTicket) {
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("step");
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("tickets", "case.opened", model::State::retracted), 1);
    EXPECT_EQ(count("tickets", "case.solved", model::State::live), 1);
}

TEST_F(Zendesk, AsksForTicketsAndAuthorsAHundredAtATime) {
    ASSERT_TRUE(bench_.run().empty());
    const auto asked = bench_.simulator().tell("requests");
    int many = 0;
    for (const json::View line : asked.root().get("requests")->elements())
        many += line.as_string()->find("show_many") != std::string_view::npos;
    EXPECT_LE(many, 4);
}

}  // namespace
}  // namespace touchline::simulated
