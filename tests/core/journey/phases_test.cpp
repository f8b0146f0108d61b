#include "touchline/journey/phases.hpp"

#include <gtest/gtest.h>

namespace touchline::journey {
namespace {

Time day(int number) {
    return *parse_rfc3339("2026-10-01T08:00:00Z") + std::chrono::hours(24 * number);
}

const std::vector<OrderEvent> k_one_order = {
    {day(10), "order.placed", "1001"},
    {day(10), "order.paid", "1001"},
    {day(12), "order.shipped", "1001"},
    {day(14), "order.delivered", "1001"},
};

std::string phase(const Moment& moment, const std::vector<OrderEvent>& orders = k_one_order) {
    const PhaseFound found = phase_of(Vocabulary::standard(), moment, Standings(orders));
    return found.phase == nullptr ? "none" : found.phase->id + " by " + std::string(found.by);
}

std::string phase(std::string_view kind, int at) {
    Moment moment;
    moment.at = day(at);
    moment.kind = kind;
    return phase(moment);
}

TEST(Phases, OfAMessageFollowTheOrder) {
    EXPECT_EQ(phase("message.sent", 5), "research by table");
    EXPECT_EQ(phase("message.sent", 11), "receive by rule");
    EXPECT_EQ(phase("message.sent", 20), "maintain by rule");
    EXPECT_EQ(phase("call.completed", 11), "receive by rule");
}

TEST(Phases, OfWhatIsSoldFollowTheTable) {
    EXPECT_EQ(phase("campaign.opened", 1), "need by table");
    EXPECT_EQ(phase("product.viewed", 1), "research by table");
    EXPECT_EQ(phase("cart.abandoned", 2), "select by table");
    EXPECT_EQ(phase("deal.won", 2), "purchase by table");
    EXPECT_EQ(phase("deal.advanced", 2), "select by table");
    EXPECT_EQ(phase("order.placed", 10), "purchase by table");
    EXPECT_EQ(phase("order.delivered", 14), "receive by table");
    EXPECT_EQ(phase("case.reopened", 20), "maintain by table");
    EXPECT_EQ(phase("order.refunded", 20), "maintain by table");
    EXPECT_EQ(phase("survey.responded", 21), "recommend by table");
    EXPECT_EQ(phase("x.acme.demo.given", 1), "none");
    EXPECT_EQ(phase("cases.opened", 1), "none") << "a rule for `case` is not one for `cases`";
}

TEST(Phases, OfAPageDependOnWhoReadsIt) {
    Moment first;
    first.at = day(0);
    first.kind = "page.viewed";
    first.is_first = true;
    EXPECT_EQ(phase(first), "need by rule");
    EXPECT_EQ(phase("page.viewed", 1), "research by table");
    EXPECT_EQ(phase("page.viewed", 30), "use by rule");
}

TEST(Phases, OfAMentionDependOnItsMood) {
    Moment mention;
    mention.at = day(30);
    mention.kind = "post.mentioned";
    EXPECT_EQ(phase(mention), "need by table");
    mention.mood = 0.7;
    EXPECT_EQ(phase(mention), "recommend by rule");
    mention.at = day(1);
    EXPECT_EQ(phase(mention), "need by rule") << "nobody knew them yet";
}

TEST(Phases, StatedByARecordOrAPersonStand) {
    Moment stated;
    stated.at = day(11);
    stated.kind = "message.sent";
    stated.stated_phase = "select";
    stated.stated_by = "agent";
    EXPECT_EQ(phase(stated), "select by agent");
    stated.stated_by = "";
    EXPECT_EQ(phase(stated), "select by mapping");
    stated.stated_phase = "bliss";
    EXPECT_EQ(phase(stated), "receive by rule") << "no phase of this vocabulary";
}

TEST(Standings, KeepSeveralOrdersApart) {
    const Standings standings({
        {day(1), "order.placed", "A"},
        {day(2), "order.placed", "B"},
        {day(3), "order.delivered", "A"},
        {day(5), "order.cancelled", "B"},
        {day(6), "order.paid", "A"},
    });
    EXPECT_EQ(standings.at(day(1)), Standing::prospect)
        << "the order does not change its own moment";
    EXPECT_EQ(standings.at(day(4)), Standing::order_open);
    EXPECT_EQ(standings.at(day(6)), Standing::customer);
    EXPECT_EQ(standings.at(day(7)), Standing::customer) << "a late payment sends nothing out";
    EXPECT_EQ(Standings().at(day(7)), Standing::prospect);
}

TEST(Standings, OfACancelledOrderAreNoPurchase) {
    const Standings standings({{day(1), "order.placed", "A"}, {day(2), "order.cancelled", "A"}});
    EXPECT_EQ(standings.at(day(3)), Standing::prospect);
}

}  // namespace
}  // namespace touchline::journey
