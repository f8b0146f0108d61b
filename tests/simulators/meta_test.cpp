#include "subjects.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace touchline::simulated {
namespace {

class Meta : public testing::Test {
protected:
    Meta() { bench_.simulator().tell("seed", R"({"count": 60})"); }
    std::ptrdiff_t count(const std::string& stream, const std::string& kind) {
        const auto output = bench_.mapped(stream);
        const auto& all = output.touchpoints;
        return std::count_if(all.begin(), all.end(), [&](const auto& touchpoint) {
            return touchpoint.kind == kind;
        });
    }
    std::size_t requests() {
        return bench_.simulator().tell("requests").root().get("requests")->size();
    }

    Bench bench_{subject("meta")};
};

TEST_F(Meta, BecomesMentionsRepliesAndMessages) {
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("posts", "post.mentioned"), 8) << "what visitors left";
    EXPECT_EQ(count("comments", "post.replied"), 60) << "and not what the page answered";
    EXPECT_EQ(count("messages", "message.sent"), 40);
}

TEST_F(Meta, LooksAtCommentsOnlyWhereAPostWasTouched) {
    ASSERT_TRUE(bench_.run().empty());
    requests();
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_LE(requests(), 10u);
}

TEST_F(Meta, IsToldThatATokenOfAnotherAppIsNotGood) {
    Subject forged = subject("meta");
    forged.credentials = net::ProvedToken{Secret("EAAG-secret"), Secret("of another app")};
    Bench bench(forged);
    EXPECT_THAT(bench.check(), testing::HasSubstr("error"));
    forged.credentials = net::BearerToken{Secret("EAAG-secret")};
    Bench without(forged);
    EXPECT_THAT(without.check(), testing::HasSubstr("error"));
}

TEST_F(Meta, FetchesWhatAWebhookNamesAndForgetsWhatWasRemoved) {
    ASSERT_TRUE(bench_.run().empty());
    const std::string comment = bench_.records().at("comments").begin()->first;
    const std::string message = bench_.records().at("messages").begin()->first;
    const auto before = count("comments", "post.replied");
    bench_.simulator().tell("remove", R"({"id": ")" + comment + R"("})");
    requests();
    const auto taken = bench_.webhook(
        {},
        R"({"object": "page", "entry": [{"id": "1", "changes": [{"field": "feed", "value": {"item": "comment", "verb": "remove", "comment_id": ")" +
            comment +
            R"("}}, {"field": "feed", "value": {"item": "reaction", "verb": "add"}}]}, {"id": "1", "messaging": [{"sender": {"id": "7"}, "message": {"mid": ")" +
            message + R"("}}]}]})"
    );
    ASSERT_TRUE(taken) << taken.error().text();
    EXPECT_EQ(requests(), 2u);
    EXPECT_EQ(count("comments", "post.replied"), before - 1);
    EXPECT_EQ(count("messages", "message.sent"), 40);
}

}  // namespace
}  // namespace touchline::simulated
