#include "subjects.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace touchline::simulated {
namespace {

Subject page_by_page() {
    Subject one = subject("salesforce");
    one.settings = R"({"url": "$URL", "backfill": "query"})";
    return one;
}

class Salesforce : public testing::Test {
protected:
    static mapping::Output mapped(Bench& bench, const std::string& stream) {
        return bench.mapped(stream);
    }
    /// How often a path that ends so was asked for since the last time.
    static std::ptrdiff_t asked(Bench& bench, const std::string& end) {
        const auto told = bench.simulator().tell("requests");
        const auto requests = told.root().get("requests");
        std::ptrdiff_t count = 0;
        for (const json::View line : requests->elements())
            count += line.as_string()->ends_with(end);
        return count;
    }
};

TEST_F(Salesforce, ReadsTheSameInBulkAndPageByPage) {
    Bench bulk{subject("salesforce")};
    Bench query{page_by_page()};
    for (Bench* bench : {&bulk, &query}) {
        bench->simulator().tell("seed", R"({"count": 130, "ties": true})");
        ASSERT_TRUE(bench->run().empty());
        EXPECT_EQ(bench->seen(), bench->truth());
    }
    EXPECT_EQ(asked(query, "/jobs/query"), 0);
    EXPECT_EQ(asked(bulk, "/jobs/query"), 8);
    for (const auto& [stream, records] : bulk.records()) {
        const auto of_bulk = mapped(bulk, stream), of_query = mapped(query, stream);
        ASSERT_EQ(of_bulk.touchpoints.size(), of_query.touchpoints.size()) << stream;
        ASSERT_EQ(of_bulk.facts.size(), of_query.facts.size()) << stream;
        for (std::size_t i = 0; i < of_bulk.facts.size(); ++i)
            EXPECT_EQ(of_bulk.facts[i].value, of_query.facts[i].value) << stream;
    }
}

TEST_F(Salesforce, ReadsMoreInOneSecondThanAPageHolds) {
    Bench bench{page_by_page()};
    bench.simulator().tell("seed", R"({"count": 30})");
    ASSERT_TRUE(bench.run().empty());
    // 87 contacts of one second, forty a page.
    bench.simulator().tell("step");
    ASSERT_TRUE(bench.run().empty());
    EXPECT_EQ(bench.seen(), bench.truth());
}

TEST_F(Salesforce, PutsDealsOnTheTimelinesOfTheirContacts) {
    Bench bench{subject("salesforce")};
    bench.simulator().tell("seed", R"({"count": 60})");
    ASSERT_TRUE(bench.run().empty());
    const auto deals = mapped(bench, "opportunities");
    EXPECT_EQ(deals.touchpoints.size(), 30u);
    for (const auto& deal : deals.touchpoints)
        EXPECT_EQ(deal.identities.front().ns, "salesforce.contact");
    EXPECT_EQ(mapped(bench, "opportunity_history").touchpoints.size(), 30u);
    EXPECT_EQ(mapped(bench, "cases").touchpoints.size(), 15u);
}

TEST_F(Salesforce, ForgetsWhoWasDeletedAndLinksWhoWasMerged) {
    Bench bench{subject("salesforce")};
    bench.simulator().tell("seed", R"({"count": 30})");
    ASSERT_TRUE(bench.run().empty());
    EXPECT_EQ(mapped(bench, "contacts").facts.size(), 60u);
    bench.simulator().tell("step");
    ASSERT_TRUE(bench.run().empty());
    const auto after = mapped(bench, "contacts");
    EXPECT_EQ(after.facts.size(), 60u - 4u + 87u * 2u);
    ASSERT_EQ(after.links.size(), 1u);
    EXPECT_EQ(after.links[0].polarity, model::Polarity::same);
}

TEST_F(Salesforce, BeginsTheBackfillAgainWhenItsJobIsGone) {
    Bench bench{subject("salesforce")};
    bench.simulator().tell("seed", R"({"count": 130})");
    // Dies while it reads results of the first stream: job, three polls, a page.
    bench.door().dies_at = 5;
    bench.run();
    bench.door().dies_at.reset();
    bench.restart();
    bench.simulator().tell("forget_jobs");
    bench.simulator().tell("requests");
    EXPECT_TRUE(bench.run().empty());
    EXPECT_EQ(asked(bench, "/jobs/query"), 8);
    EXPECT_EQ(bench.seen(), bench.truth());
}

TEST_F(Salesforce, SaysWhyABackfillFailedAndBeginsAnotherOne) {
    Bench bench{subject("salesforce")};
    bench.simulator().tell("seed", R"({"count": 30})");
    bench.door().dies_at = 1;
    bench.run();
    bench.door().dies_at.reset();
    bench.restart();
    bench.simulator().tell("fail_jobs");
    const auto errors = bench.run();
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_THAT(errors.at("accounts").text(), testing::HasSubstr("QUERY_TIMEOUT"));
    EXPECT_TRUE(bench.run().empty());
    EXPECT_EQ(bench.seen(), bench.truth());
}

}  // namespace
}  // namespace touchline::simulated
