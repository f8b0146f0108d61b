#include "subjects.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace touchline::simulated {
namespace {

class X : public testing::Test {
protected:
    X() { bench_.simulator().tell("seed", R"({"count": 60})"); }
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

    Bench bench_{subject("x")};
};

TEST_F(X, BecomesMentionsAndReplies) {
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("mentions", "post.mentioned"), 40);
    EXPECT_EQ(count("mentions", "post.replied"), 20);
    EXPECT_EQ(count("posts", "post.replied"), 30);
}

TEST_F(X, ReadsNoPostTwiceBecauseEachCounts) {
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(bench_.handed_over(), 90u);
    requests();
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(requests(), 2u);
    EXPECT_EQ(bench_.handed_over(), 0u);
}

TEST_F(X, SaysWhyAnAnswerWithoutPostsIsOne) {
    Subject other = subject("x");
    other.settings = R"({"url": "$URL", "username": "nobody"})";
    Bench bench(other);
    EXPECT_THAT(bench.check(), testing::HasSubstr("Could not find user"));
    EXPECT_EQ(bench.run().size(), 2u);
}

TEST_F(X, GoesOnFromTheNewestWhenItsPlaceIsNoLongerGood) {
    bench_.door().dies_at = 2;
    bench_.run();
    bench_.door().dies_at.reset();
    bench_.restart();
    bench_.simulator().tell("forget_tokens");
    EXPECT_TRUE(bench_.run().empty());
    EXPECT_EQ(bench_.seen(), bench_.truth());
}

TEST_F(X, FetchesPostsThatAWebhookNamesAndForgetsDeletedOnes) {
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("step");
    const auto truth = bench_.truth().at("mentions");
    const std::string newest = truth.rbegin()->first, first = truth.begin()->first;
    const auto taken = bench_.webhook(
        {},
        R"({"for_user_id": "2244994945", "tweet_create_events": [{"id_str": ")" + newest +
            R"(", "user": {"id_str": "5"}}], "tweet_delete_events": [{"status": {"id": ")" + first +
            R"(", "user_id": "5"}}]})"
    );
    ASSERT_TRUE(taken) << taken.error().text();
    EXPECT_THAT(bench_.records().at("mentions").at(newest), testing::HasSubstr("squeaks"));
    EXPECT_EQ(count("mentions", "post.mentioned") + count("mentions", "post.replied"), 60);
}

}  // namespace
}  // namespace touchline::simulated
