#include "touchline/deliver/schedule.hpp"

#include <gtest/gtest.h>

namespace touchline::deliver {
namespace {

using namespace std::chrono_literals;

TEST(RetrySchedule, FollowsStandardWebhooks) {
    const RetrySchedule schedule;
    const std::chrono::milliseconds waits[] = {5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
    std::uint32_t attempts = 0;
    for (const auto wait : waits)
        EXPECT_EQ(schedule.wait_after(++attempts, std::nullopt, 0.0), wait);
    EXPECT_EQ(attempts, 9u);
}

TEST(RetrySchedule, GivesUpAfterTheTenthAttempt) {
    EXPECT_TRUE(RetrySchedule().wait_after(9, std::nullopt, 0.5));
    EXPECT_FALSE(RetrySchedule().wait_after(10, std::nullopt, 0.5));
    EXPECT_FALSE(RetrySchedule().wait_after(10, 1min, 0.5)) << "whatever the receiver asks for";
}

TEST(RetrySchedule, LengthensAWaitByAtMostATenth) {
    const RetrySchedule schedule;
    EXPECT_EQ(schedule.wait_after(2, std::nullopt, 0.5), 315s);
    EXPECT_LT(schedule.wait_after(2, std::nullopt, 0.999), 330s);
}

TEST(RetrySchedule, TakesRetryAfterAsAFloor) {
    const RetrySchedule schedule;
    EXPECT_EQ(schedule.wait_after(1, 60s, 0.0), 60s);
    EXPECT_EQ(schedule.wait_after(2, 60s, 0.0), 5min) << "a floor, not a ceiling";
    EXPECT_EQ(schedule.wait_after(1, 1000h, 0.0), 24h) << "nobody may ask for weeks";
}

}  // namespace
}  // namespace touchline::deliver
