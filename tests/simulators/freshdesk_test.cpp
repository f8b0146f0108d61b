#include "subjects.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace touchline::simulated {
namespace {

class Freshdesk : public testing::Test {
protected:
    Freshdesk() { bench_.simulator().tell("seed", R"({"count": 30})"); }
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

    Bench bench_{subject("freshdesk")};
};

TEST_F(Freshdesk, BecomesCasesMessagesNotesAndRatings) {
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("tickets", "case.opened", model::State::live), 31) << "one from long ago";
    EXPECT_EQ(count("conversations", "message.sent", model::State::live), 10);
    EXPECT_EQ(count("conversations", "note.added", model::State::live), 10);
    EXPECT_EQ(count("ratings", "survey.responded", model::State::live), 6);
}

TEST_F(Freshdesk, TakesBackDeletedTicketsAndSpam) {
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("step");
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("tickets", "case.opened", model::State::retracted), 2);
    EXPECT_EQ(count("tickets", "case.solved", model::State::live), 1);
}

TEST_F(Freshdesk, ReadsMoreTicketsThanTheListEverShows) {
    bench_.simulator().tell("many", R"({"count": 200})");
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(bench_.seen().at("tickets"), bench_.truth().at("tickets"));
}

TEST_F(Freshdesk, SaysThatOneSecondHoldsMoreThanTheListEverShows) {
    bench_.simulator().tell("seed", R"({"count": 200, "ties": true})");
    const auto errors = bench_.run();
    ASSERT_TRUE(errors.count("tickets"));
    EXPECT_THAT(errors.at("tickets").text(), testing::HasSubstr("in one second"));
}

TEST_F(Freshdesk, FetchesTheTicketThatAWebhookNames) {
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("step");
    const std::string first = bench_.records().at("tickets").begin()->first;
    const auto taken =
        bench_.webhook({}, R"({"freshdesk_webhook": {"ticket_id": )" + first + R"(}})");
    ASSERT_TRUE(taken) << taken.error().text();
    EXPECT_EQ(bench_.seen().at("tickets").at(first), bench_.truth().at("tickets").at(first));
    EXPECT_EQ(count("conversations", "message.sent", model::State::live), 11);
    EXPECT_FALSE(bench_.webhook({}, R"({"ticket": "../agents"})"));
}

}  // namespace
}  // namespace touchline::simulated
