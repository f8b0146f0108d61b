#include "touchline/access/attempts.hpp"

#include <gtest/gtest.h>

namespace touchline::access {
namespace {

using namespace std::chrono_literals;

const Time k_now{std::chrono::hours(500'000)};

TEST(Attempts, LetPeopleMistypeAFewTimes) {
    Attempts attempts;
    for (int time = 0; time < 4; ++time) attempts.failed("ana", "10.0.0.1", k_now);
    EXPECT_FALSE(attempts.wait_for("ana", "10.0.0.1", k_now));
    attempts.failed("ana", "10.0.0.1", k_now);
    EXPECT_EQ(attempts.wait_for("ana", "10.0.0.1", k_now), 4s);
}

TEST(Attempts, MakeEachFurtherGuessWaitLonger) {
    Attempts attempts;
    std::chrono::seconds before{0};
    for (int time = 0; time < 12; ++time) {
        attempts.failed("ana", "10.0.0.1", k_now);
        const auto wait = attempts.wait_for("ana", "10.0.0.1", k_now).value_or(0s);
        EXPECT_GE(wait, before);
        before = wait;
    }
    EXPECT_GT(before, 2min);
    EXPECT_LE(before, 15min);
}

TEST(Attempts, LockNobodyOutOfTheirOwnAddress) {
    Attempts attempts;
    for (int time = 0; time < 20; ++time) attempts.failed("ana", "203.0.113.9", k_now);
    EXPECT_TRUE(attempts.wait_for("ana", "203.0.113.9", k_now));
    EXPECT_FALSE(attempts.wait_for("ana", "10.0.0.1", k_now));
}

TEST(Attempts, StopOneAddressThatTriesManyAccounts) {
    Attempts attempts;
    for (int time = 0; time < 30; ++time)
        attempts.failed("account" + std::to_string(time), "203.0.113.9", k_now);
    EXPECT_TRUE(attempts.wait_for("ana", "203.0.113.9", k_now));
}

TEST(Attempts, SlowDownManyAddressesThatTryOneAccount) {
    Attempts attempts;
    for (int time = 0; time < 60; ++time)
        attempts.failed("ana", "203.0.113." + std::to_string(time), k_now);
    EXPECT_TRUE(attempts.wait_for("ana", "198.51.100.1", k_now));
}

TEST(Attempts, AreForgottenInTime) {
    Attempts attempts;
    for (int time = 0; time < 20; ++time) attempts.failed("ana", "10.0.0.1", k_now);
    EXPECT_FALSE(attempts.wait_for("ana", "10.0.0.1", k_now + 15min));
}

}  // namespace
}  // namespace touchline::access
