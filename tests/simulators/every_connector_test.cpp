// What every connector owes its user, whatever the vendor's API does to it.
#include "subjects.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace touchline::simulated {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string said(const std::map<std::string, Error>& errors) {
    std::string text;
    for (const auto& [stream, error] : errors) text += stream + ": " + error.text() + "\n";
    return text;
}

class EveryConnector : public testing::TestWithParam<std::string> {
protected:
    /// Runs until no stream fails, as the scheduler would; says how often.
    int run_until_done(const std::string& what) {
        for (int runs = 1; runs <= 5; ++runs) {
            const auto errors = bench_.run();
            if (errors.empty()) return runs;
            for (const auto& [stream, error] : errors)
                EXPECT_THAT(error.text(), Not(HasSubstr(bench_.secret()))) << stream;
        }
        ADD_FAILURE() << what << ": still failing after five runs";
        return 0;
    }
    void seed(const std::string& wish = R"({"count": 60})") {
        bench_.simulator().tell("seed", wish);
    }
    /// Spoils every third request from the second on.
    void spoil(const std::string& kind) {
        bench_.simulator().tell(
            "fault", R"({"kind": ")" + kind + R"(", "at": [2, 5, 8, 11, 14, 17, 20, 23]})"
        );
    }
    /// As many requests as a run makes.
    int calls_of_a_run() {
        const int before = bench_.http().calls;
        EXPECT_THAT(said(bench_.run()), IsEmpty());
        return bench_.http().calls - before;
    }

    Bench bench_{subject(GetParam())};
};

TEST_P(EveryConnector, SaysThatTheSystemAnswers) {
    EXPECT_THAT(bench_.check(), Not(HasSubstr("error")));
}

TEST_P(EveryConnector, ReadsAllThereIs) {
    seed();
    EXPECT_THAT(said(bench_.run()), IsEmpty());
    EXPECT_EQ(bench_.seen(), bench_.truth());
}

TEST_P(EveryConnector, ReadsAllThereIsWhenAllHappenedInOneSecond) {
    seed(R"({"count": 130, "ties": true})");
    EXPECT_THAT(said(bench_.run()), IsEmpty());
    EXPECT_EQ(bench_.seen(), bench_.truth());
}

TEST_P(EveryConnector, ReadsOnlyWhatIsNewAfterwards) {
    seed();
    const int whole = calls_of_a_run();
    const std::size_t all = bench_.handed_over();
    const int idle = calls_of_a_run();
    EXPECT_LE(idle, std::max(whole / 2, 8));
    EXPECT_LT(bench_.handed_over() - all, all / 2 + 10);
    bench_.simulator().tell("step");
    EXPECT_THAT(said(bench_.run()), IsEmpty());
    EXPECT_EQ(bench_.seen(), bench_.truth());
}

TEST_P(EveryConnector, FindsWhatBecomesVisibleAfterLaterThings) {
    seed();
    EXPECT_THAT(said(bench_.run()), IsEmpty());
    bench_.simulator().tell("late");
    EXPECT_THAT(said(bench_.run()), IsEmpty());
    EXPECT_EQ(bench_.seen(), bench_.truth());
}

TEST_P(EveryConnector, ReadsNothingTwiceIntoDifferentRecords) {
    seed();
    EXPECT_THAT(said(bench_.run()), IsEmpty());
    const Streams once = bench_.records();
    bench_.forget();
    EXPECT_THAT(said(bench_.run()), IsEmpty());
    EXPECT_EQ(bench_.records(), once);
}

TEST_P(EveryConnector, WaitsWhenItIsToldToSlowDown) {
    seed();
    spoil("429");
    EXPECT_THAT(said(bench_.run()), IsEmpty());
    EXPECT_EQ(bench_.seen(), bench_.truth());
    EXPECT_GT(bench_.slept(), std::chrono::milliseconds(0));
}

TEST_P(EveryConnector, SurvivesAServerThatFails) {
    seed();
    spoil("500");
    run_until_done("500");
    EXPECT_EQ(bench_.seen(), bench_.truth());
}

TEST_P(EveryConnector, SurvivesAnswersThatBreakOff) {
    seed();
    spoil("cut");
    run_until_done("cut");
    EXPECT_EQ(bench_.seen(), bench_.truth());
}

TEST_P(EveryConnector, SurvivesAnswersThatDrip) {
    seed();
    spoil("slow");
    EXPECT_THAT(said(bench_.run()), IsEmpty());
    EXPECT_EQ(bench_.seen(), bench_.truth());
}

TEST_P(EveryConnector, LosesNothingWhenAPageIsSentAgain) {
    seed();
    spoil("repeat");
    run_until_done("repeat");
    EXPECT_EQ(bench_.seen(), bench_.truth());
}

TEST_P(EveryConnector, SaysThatItIsNotSignedInAndLosesNothing) {
    seed();
    bench_.simulator().tell("fault", R"({"kind": "expired", "at": [3]})");
    const auto errors = bench_.run();
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors.begin()->second.code(), Code::auth) << said(errors);
    EXPECT_THAT(said(bench_.run()), IsEmpty());
    EXPECT_EQ(bench_.seen(), bench_.truth());
}

TEST_P(EveryConnector, EndsTheSameWhereverItIsKilled) {
    seed();
    const int calls = calls_of_a_run();
    bench_.simulator().tell("step");
    const auto truth = bench_.truth();
    const int step = std::max(1, calls / 25);
    for (int moment = 0; moment < calls; moment += step) {
        bench_.forget();
        bench_.http().calls = 0;
        bench_.http().dies_at = moment;
        bench_.run();
        bench_.http().dies_at.reset();
        bench_.restart();
        ASSERT_THAT(said(bench_.run()), IsEmpty()) << "killed at request " << moment;
        ASSERT_EQ(bench_.seen(), truth) << "killed at request " << moment;
    }
}

TEST_P(EveryConnector, ReadsTheSameFromWithinARunner) {
    Bench isolated(subject(GetParam()), Housing::isolated);
    isolated.simulator().tell("seed", R"({"count": 60})");
    EXPECT_THAT(isolated.check(), Not(HasSubstr("error")));
    EXPECT_THAT(said(isolated.run()), IsEmpty());
    isolated.simulator().tell("step");
    EXPECT_THAT(said(isolated.run()), IsEmpty());
    EXPECT_EQ(isolated.seen(), isolated.truth());
}

INSTANTIATE_TEST_SUITE_P(
    Simulated,
    EveryConnector,
    testing::ValuesIn(subjects()),
    [](const testing::TestParamInfo<std::string>& tested) {
        std::string name = tested.param;
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    }
);

}  // namespace
}  // namespace touchline::simulated
