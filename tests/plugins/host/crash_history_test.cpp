#include "crash_history.hpp"

#include <gtest/gtest.h>

namespace touchline::host {
namespace {

using std::chrono::milliseconds;

class Crashes : public ::testing::Test {
protected:
    milliseconds crash(const std::string& place) { return history_.crashed(place, now_); }

    CrashHistory history_{3};
    CrashHistory::Moment now_{std::chrono::hours(1)};
};

TEST_F(Crashes, AreFollowedByLongerAndLongerWaitsUpToFiveMinutes) {
    std::vector<std::int64_t> seconds;
    for (int i = 0; i < 6; ++i) seconds.push_back(crash(std::to_string(i)).count() / 1000);
    EXPECT_EQ(seconds, (std::vector<std::int64_t>{1, 4, 16, 64, 256, 300}));
}

TEST_F(Crashes, AreWaitedForNoLongerThanNeeded) {
    EXPECT_FALSE(history_.wait(now_));
    crash("a");
    EXPECT_EQ(history_.wait(now_), milliseconds(1000));
    now_ += milliseconds(999);
    EXPECT_EQ(history_.wait(now_), milliseconds(1));
    now_ += milliseconds(1);
    EXPECT_FALSE(history_.wait(now_));
}

TEST_F(Crashes, SuspendAtTheThirdInOnePlaceOnly) {
    crash("a");
    crash("a");
    crash("b");
    crash("a");
    EXPECT_FALSE(history_.is_suspended_at("a")) << "there was another place between";
    crash("a");
    crash("a");
    EXPECT_TRUE(history_.is_suspended_at("a"));
    EXPECT_FALSE(history_.is_suspended_at("b"));
    history_.forget();
    EXPECT_FALSE(history_.is_suspended_at("a"));
}

TEST_F(Crashes, AreForgottenAtAPlaceThatWasPassed) {
    crash("a");
    crash("a");
    history_.survived("b");
    EXPECT_FALSE(history_.wait(now_)) << "it works";
    crash("a");
    EXPECT_TRUE(history_.is_suspended_at("a")) << "but not here";
    history_.survived("a");
    EXPECT_FALSE(history_.is_suspended_at("a"));
}

TEST_F(Crashes, OfAnEarlierProcessCount) {
    history_.recall("a", 2);
    EXPECT_FALSE(history_.is_suspended_at("a"));
    crash("a");
    EXPECT_TRUE(history_.is_suspended_at("a"));
}

}  // namespace
}  // namespace touchline::host
