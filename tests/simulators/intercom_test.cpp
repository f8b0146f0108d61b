#include "subjects.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace touchline::simulated {
namespace {

class Intercom : public testing::Test {
protected:
    Intercom() { bench_.simulator().tell("seed", R"({"count": 30})"); }
    std::ptrdiff_t count(const std::string& stream, const std::string& kind) {
        const auto output = bench_.mapped(stream);
        const auto& all = output.touchpoints;
        return std::count_if(all.begin(), all.end(), [&](const auto& touchpoint) {
            return touchpoint.kind == kind;
        });
    }

    Bench bench_{subject("intercom")};
};

TEST_F(Intercom, BecomesCasesMessagesNotesAndRatings) {
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("conversations", "case.opened"), 30);
    EXPECT_EQ(count("conversations", "message.sent"), 30);
    EXPECT_EQ(count("conversations", "survey.responded"), 6);
    EXPECT_EQ(count("parts", "message.sent"), 30);
    EXPECT_EQ(count("parts", "note.added"), 10);
}

TEST_F(Intercom, FindsContactsThatChangeOnADayThatWasReadBefore) {
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("step");
    ASSERT_TRUE(bench_.run().empty());
    const auto& changed = bench_.records().at("contacts").begin()->second;
    EXPECT_THAT(changed, testing::HasSubstr("new@example.test"));
    EXPECT_EQ(count("conversations", "case.solved"), 1);
}

TEST_F(Intercom, FetchesWhatAWebhookNamesAndForgetsWhoWasDeleted) {
    ASSERT_TRUE(bench_.run().empty());
    const std::string contact = bench_.records().at("contacts").begin()->first;
    const auto facts = bench_.mapped("contacts").facts.size();
    bench_.simulator().tell("remove", R"({"id": ")" + contact + R"("})");
    const auto taken = bench_.webhook(
        {}, R"({"topic": "contact.deleted", "data": {"item": {"id": ")" + contact + R"("}}})"
    );
    ASSERT_TRUE(taken) << taken.error().text();
    EXPECT_EQ(bench_.mapped("contacts").facts.size(), facts - 2);

    bench_.simulator().tell("step");
    const std::string closed = std::next(bench_.records().at("conversations").begin())->first;
    ASSERT_TRUE(bench_.webhook(
        {},
        R"({"topic": "conversation.admin.closed", "data": {"item": {"id": ")" + closed + R"("}}})"
    ));
    EXPECT_EQ(count("conversations", "case.solved"), 1);
    EXPECT_EQ(count("parts", "message.sent"), 31);
}

TEST_F(Intercom, AsksForNothingThatACallerMadeUp) {
    bench_.simulator().tell("requests");
    EXPECT_TRUE(
        bench_.webhook({}, R"({"topic": "contact.deleted", "data": {"item": {"id": "../me"}}})")
    );
    EXPECT_EQ(bench_.simulator().tell("requests").root().get("requests")->size(), 0u);
}

}  // namespace
}  // namespace touchline::simulated
