#include "subjects.hpp"

#include <gmock/gmock.h>

namespace touchline::simulated {
namespace {

using ::testing::HasSubstr;

class Stripe : public testing::Test {
protected:
    Stripe() { bench_.simulator().tell("seed", R"({"count": 30})"); }

    Bench bench_{subject("stripe")};
};

TEST_F(Stripe, BecomesPaymentsRefundsDisputesAndInvoices) {
    ASSERT_TRUE(bench_.run().empty());
    const std::map<std::string, std::size_t> expected{
        {"charges", 30}, {"refunds", 8}, {"disputes", 3}, {"invoices", 30}};
    for (const auto& [stream, count] : expected) {
        const auto output = bench_.mapped(stream);
        EXPECT_EQ(output.touchpoints.size(), count) << stream;
        for (const auto& touchpoint : output.touchpoints)
            EXPECT_EQ(touchpoint.identities.front().ns, "stripe.customer") << stream;
    }
}

TEST_F(Stripe, KeepsTheLastOfSeveralChanges) {
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("step");
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_THAT(bench_.records().at("customers").begin()->second, HasSubstr("newer@example.test"));
}

TEST_F(Stripe, ForgetsACustomerWhoWasDeleted) {
    ASSERT_TRUE(bench_.run().empty());
    const auto before = bench_.mapped("customers");
    bench_.simulator().tell("step");
    ASSERT_TRUE(bench_.run().empty());
    const auto after = bench_.mapped("customers");
    EXPECT_EQ(after.facts.size(), before.facts.size() - 2);
}

TEST_F(Stripe, ReadsEverythingAgainAfterAPauseThatEventsDoNotSurvive) {
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("step");
    bench_.simulator().tell("advance", R"({"seconds": 3000000})");
    ASSERT_TRUE(bench_.run().empty());
    auto truth = bench_.truth();
    auto seen = bench_.seen();
    // The one thing that nobody tells any more: a customer who was deleted in the meantime.
    truth.erase("customers");
    seen.erase("customers");
    EXPECT_EQ(seen, truth);
}

TEST_F(Stripe, TakesAWebhookAsAHintAndFetchesWhatIsThere) {
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("step");
    const std::string id = bench_.records().at("customers").begin()->first;
    const auto taken = bench_.webhook(
        {{"stripe-signature", "verified by the host"}},
        R"({"id": "evt_1", "type": "customer.updated", "data": {"object": {"id": ")" + id +
            R"(", "object": "customer", "email": "what it was then"}}})"
    );
    ASSERT_TRUE(taken) << taken.error().text();
    EXPECT_THAT(bench_.records().at("customers").at(id), HasSubstr("newer@example.test"));
    EXPECT_TRUE(
        bench_.webhook({}, R"({"type": "payout.paid", "data": {"object": {"object": "payout"}}})")
    );
}

}  // namespace
}  // namespace touchline::simulated
