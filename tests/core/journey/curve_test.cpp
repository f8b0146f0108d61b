#include "touchline/journey/curve.hpp"

#include <gtest/gtest.h>

namespace touchline::journey {
namespace {

Time day(int number) {
    return *parse_rfc3339("2026-10-01T00:00:00Z") + std::chrono::hours(24 * number);
}

Step step(int at, std::string_view phase, std::optional<double> mood = {}, bool quiet = false) {
    return {day(at), Vocabulary::standard().find(phase), mood, mood.has_value(), quiet};
}

Feeling feeling(int at, double mood) {
    Feeling one;
    one.at = day(at);
    one.mood = mood;
    one.stated = true;
    return one;
}

std::string text(const std::vector<Spell>& list) {
    std::string result;
    for (const Spell& spell : list) {
        result +=
            spell.phase->id + " " +
            std::to_string((spell.from - day(0)) / Time::duration(std::chrono::hours(24))) + "-" +
            std::to_string((spell.to - day(0)) / Time::duration(std::chrono::hours(24))) + " ";
    }
    return result;
}

TEST(Spells, GoOnThroughSilenceAndBeginWithTheFirstPhase) {
    const std::vector<Step> steps = {step(2, "select"), step(3, "select"), step(7, "receive")};
    EXPECT_EQ(text(spells(steps, day(0), day(10), 10)), "select 2-7 receive 7-10 ");
}

TEST(Spells, BeginAsTheCustomerCameIn) {
    const std::vector<Step> steps = {step(-5, "use"), step(4, "maintain")};
    EXPECT_EQ(text(spells(steps, day(0), day(8), 8)), "use 0-4 maintain 4-8 ");
}

TEST(Spells, ListenToPeopleBeforeAutomaticSteps) {
    const std::vector<Step> steps = {
        step(1, "use", {}, true),
        step(1, "use", {}, true),
        step(1, "use", {}, true),
        step(1, "maintain")};
    EXPECT_EQ(text(spells(steps, day(0), day(2), 2)), "maintain 1-2 ");
}

TEST(Volume, CountsWhatFallsIntoEachPart) {
    const std::vector<Step> steps = {
        step(-1, "use"), step(0, "use"), step(1, "use"), step(1, "use"), step(4, "use")};
    EXPECT_EQ(volume(steps, day(0), day(4), 4), (std::vector<std::int64_t>{1, 2, 0, 0}));
}

TEST(FiguresByPhase, KeepWhatCustomersStateApartFromEstimates) {
    Step guess = step(3, "maintain", -1);
    guess.stated = false;
    const std::vector<Step> steps = {
        step(1, "maintain", -0.5), step(2, "maintain", 0.5), guess, step(4, "use")};
    const auto figures = figures_by_phase(Vocabulary::standard(), steps);
    ASSERT_EQ(figures.size(), 8U);
    const PhaseFigures& maintain = figures[6];
    EXPECT_EQ(maintain.phase->id, "maintain");
    EXPECT_EQ(maintain.touchpoints, 3);
    EXPECT_EQ(maintain.stated, 2);
    EXPECT_EQ(maintain.mood, 0);
    EXPECT_EQ(maintain.mood_estimated, -1);
    EXPECT_FALSE(maintain.quartile_low) << "two answers have no quartiles";
    EXPECT_EQ(maintain.first, day(1));
    EXPECT_EQ(figures[5].touchpoints, 1);
    EXPECT_FALSE(figures[5].mood);
    EXPECT_EQ(figures[0].touchpoints, 0);
}

TEST(FiguresByPhase, TellTheMiddleHalfOfManyAnswers) {
    const std::vector<Step> steps = {
        step(1, "use", -1), step(2, "use", 0), step(3, "use", 0.5), step(4, "use", 1)};
    const auto figures = figures_by_phase(Vocabulary::standard(), steps);
    EXPECT_NEAR(*figures[5].quartile_low, -0.25, 1e-9);
    EXPECT_NEAR(*figures[5].quartile_high, 0.625, 1e-9);
}

TEST(Moments, AreTheStrongestAndTheLatest) {
    const std::vector<Feeling> feelings = {
        feeling(1, 0.9), feeling(2, 0.1), feeling(3, -0.8), feeling(4, 0.05), feeling(30, -1)};
    const auto found = moments(feelings, day(0), day(10), 3);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].mood, 0.9);
    EXPECT_EQ(found[1].mood, -0.8);
    EXPECT_EQ(found[2].mood, 0.05) << "where they are now";
    EXPECT_TRUE(moments(feelings, day(50), day(60), 3).empty());
}

}  // namespace
}  // namespace touchline::journey
