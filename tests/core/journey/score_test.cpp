#include "touchline/journey/score.hpp"

#include <gtest/gtest.h>

namespace touchline::journey {
namespace {

using namespace std::chrono_literals;

const Time k_now = *parse_rfc3339("2026-11-01T12:00:00Z");

Feeling feeling(double mood, std::chrono::hours age, const std::string& by = "customer") {
    Feeling one;
    one.at = k_now - age;
    one.mood = mood;
    one.stated = by == "customer";
    one.measured.by = by;
    return one;
}

TEST(Score, IsNothingWhereNothingWasMeasured) {
    EXPECT_FALSE(score_of({}, k_now));
    const std::vector<Feeling> unsure = {feeling(0.9, 1h, "model")};
    EXPECT_FALSE(score_of(unsure, k_now)) << "a model that does not say how sure it is counts not";
}

TEST(Score, CountsHalfAfterNinetyDays) {
    const std::vector<Feeling> feelings = {feeling(1, 0h), feeling(-1, 24h * 90)};
    const auto score = score_of(feelings, k_now);
    ASSERT_TRUE(score);
    EXPECT_NEAR(score->value, (1 - 0.5) / 1.5, 1e-9);
    EXPECT_EQ(score->worst, -1);
    EXPECT_EQ(score->latest, 1);
    EXPECT_EQ(score->measurements, 2U);
}

TEST(Score, WeighsTheCustomerBeforeAgentsBeforeModels) {
    Feeling guess = feeling(-1, 0h, "model");
    guess.measured.confidence = 0.5;
    const std::vector<Feeling> feelings = {feeling(1, 0h), feeling(0, 0h, "agent"), guess};
    EXPECT_NEAR(score_of(feelings, k_now)->value, (1 - 0.15) / (1 + 0.6 + 0.15), 1e-9);
}

TEST(Score, ListsWhatMovedItMost) {
    const std::vector<Feeling> feelings = {
        feeling(0.1, 0h), feeling(-1, 1h), feeling(0.5, 2h), feeling(0.2, 3h)};
    const auto score = score_of(feelings, k_now);
    ASSERT_EQ(score->contributions.size(), 3U);
    EXPECT_EQ(score->contributions[0].feeling.mood, -1);
    EXPECT_EQ(score->contributions[1].feeling.mood, 0.5);
    EXPECT_NEAR(score->contributions[0].share, 0.25, 0.001);
}

}  // namespace
}  // namespace touchline::journey
