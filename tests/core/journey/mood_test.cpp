#include "touchline/journey/mood.hpp"

#include <gtest/gtest.h>

namespace touchline::journey {
namespace {

model::Experience measured(const std::string& measure, double value) {
    model::Experience experience;
    experience.measure = measure;
    experience.value = value;
    experience.by = "customer";
    return experience;
}

double mood(const std::string& measure, double value) {
    return normalised(measured(measure, value)).value_or(-99);
}

TEST(Mood, OfAnNpsAnswerIsNeutralBetweenThePassives) {
    EXPECT_EQ(mood("nps", 0), -1);
    EXPECT_EQ(mood("nps", 10), 1);
    EXPECT_EQ(mood("nps", 7.5), 0);
    EXPECT_NEAR(mood("nps", 4), -0.467, 0.001);
    EXPECT_NEAR(mood("nps", 9), 0.6, 1e-9);
    EXPECT_LT(mood("nps", 6), -0.19) << "0 to 6 warn";
    EXPECT_EQ(tone_of(mood("nps", 7)), Tone::neutral);
    EXPECT_EQ(tone_of(mood("nps", 9)), Tone::delighted);
}

TEST(Mood, OfASatisfactionScoreRunsOverItsOwnScale) {
    EXPECT_EQ(mood("csat", 1), -1);
    EXPECT_EQ(mood("csat", 3), 0);
    EXPECT_EQ(mood("csat", 5), 1);
    model::Experience of_seven = measured("csat", 4);
    of_seven.max = 7;
    EXPECT_EQ(normalised(of_seven), 0);
}

TEST(Mood, IsBetterTheEasierItWas) {
    EXPECT_EQ(mood("ces", 7), 1);
    EXPECT_EQ(mood("ces", 1), -1);
    EXPECT_EQ(mood("effort", 5), -1) << "much effort is no joy";
    EXPECT_EQ(mood("effort", 1), 1);
}

TEST(Mood, OfStarsAndThumbs) {
    EXPECT_EQ(mood("stars", 4), 0.5);
    EXPECT_EQ(mood("thumb", 1), 1);
    EXPECT_EQ(mood("thumb", 0), -1);
}

TEST(Mood, IsNotMadeUpFromWhatDoesNotFitItsScale) {
    EXPECT_FALSE(normalised(measured("nps", 11)));
    EXPECT_FALSE(normalised(measured("nps", -1)));
    EXPECT_FALSE(normalised(measured("csat", 0)));
    EXPECT_FALSE(normalised(measured("happiness", 1)));
    model::Experience without_width = measured("csat", 5);
    without_width.min = 5;
    EXPECT_FALSE(normalised(without_width));
}

TEST(Feelings, PutTheCustomersOwnWordBeforeEstimates) {
    model::Touchpoint touchpoint;
    touchpoint.id = "tp_1";
    touchpoint.snippet = "Fast, but the box was damaged.";
    model::Experience guess = measured("sentiment", -0.2);
    guess.by = "model";
    guess.confidence = 0.6;
    touchpoint.experience = {guess, measured("nps", 8)};
    const auto feelings = feelings_of(touchpoint);
    ASSERT_EQ(feelings.size(), 2U);
    EXPECT_TRUE(feelings[0].stated);
    EXPECT_EQ(feelings[0].measured.value, 8) << "the scale stays";
    EXPECT_NEAR(feelings[0].mood, 0.2, 1e-9);
    EXPECT_EQ(feelings[0].title, touchpoint.snippet);
    EXPECT_FALSE(feelings[1].stated);
}

}  // namespace
}  // namespace touchline::journey
