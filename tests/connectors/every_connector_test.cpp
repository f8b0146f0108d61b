// What every connector owes its user, whatever its system does to it: nothing lost, nothing
// doubled, and a run that says what happened.
#include "catalogue.hpp"
#include "system.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <iostream>
#include <random>

namespace touchline::connectors {
namespace {

using integration::said;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::chrono::hours k_day{25};
constexpr int k_most_runs = 30;

/// What was seen of a connector, for the line at the end.
struct Figures {
    std::size_t records = 0, fresh = 0;
    int kills = 0;
    std::map<std::string, int> faults;
};
std::map<std::string, Figures>& all_figures() {
    static std::map<std::string, Figures> k_figures;
    return k_figures;
}

class EveryConnector : public testing::TestWithParam<std::string> {
protected:
    static void TearDownTestSuite() {
        for (const auto& [connector, seen] : all_figures()) {
            std::cout << "matrix: " << connector << " against " << row_of(connector).system << ": "
                      << seen.records << " records, " << seen.fresh << " new or changed ones, "
                      << seen.kills << " kills with the same end";
            for (const auto& [fault, times] : seen.faults)
                std::cout << ", " << fault << " " << times << " times";
            std::cout << '\n';
        }
    }

    void SetUp() override {
        auto system = make_system(GetParam());
        if (!system && system.error().code() == Code::not_found)
            GTEST_SKIP() << system.error().message();
        ASSERT_TRUE(system) << system.error().text();
        system_ = std::move(*system);
        bench_ = std::make_unique<ConnectorBench>(system_->configured());
    }

    const Row& row() const { return row_of(GetParam()); }
    Figures& figures() const { return all_figures()[GetParam()]; }
    bool has(Cell cell) const { return row().left_out.count(cell) == 0; }

    std::map<std::string, Error> run() { return run(*bench_); }
    std::map<std::string, Error> run(ConnectorBench& bench) {
        if (const auto now = system_->now()) bench.pass_until(*now);
        auto errors = bench.run();
        for (const auto& [stream, error] : errors) {
            if (system_->secret().empty()) continue;
            EXPECT_THAT(error.text(), Not(HasSubstr(system_->secret()))) << stream;
        }
        return errors;
    }
    /// Runs until no stream fails, as the scheduler would. What the failures said.
    std::string run_until_done() {
        std::string all;
        for (int runs = 0; runs < k_most_runs; ++runs) {
            const auto errors = run();
            if (errors.empty()) return all;
            all += said(errors);
        }
        ADD_FAILURE() << "still failing: " << all;
        return all;
    }
    /// What there is to be read.
    Streams truth() {
        if (const auto told = system_->truth()) return *told;
        ConnectorBench undisturbed(system_->configured());
        EXPECT_THAT(said(run(undisturbed)), IsEmpty());
        return system_->seen(undisturbed);
    }
    Streams seen() const { return system_->seen(*bench_); }

    /// Spoils every third request from the second on; how often it happened by now.
    void spoil(const std::string& kind) {
        std::string numbers = "2";
        for (int number = 5; number < 60; number += 3) numbers += ", " + std::to_string(number);
        system_->faults()->tell("fault", R"({"kind": ")" + kind + R"(", "at": [)" + numbers + "]}");
    }
    void heal() { system_->faults()->tell("fault", R"({"kind": "500", "at": []})"); }
    int spoilt() {
        return static_cast<int>(
            system_->faults()->tell("faults").root().get("spoilt").value().as_int().value()
        );
    }
    /// A first read and one of what is new, with every third answer spoilt: what the failures said.
    std::string survive(const std::string& kind) {
        const auto read = [&] {
            spoil(kind);
            const std::string what = run_until_done();
            heal();
            // A page in the place of another may hide what only the daily reading of all finds.
            if (kind == "repeat" && !system_->now() && seen() != truth()) {
                bench_->pass(k_day);
                EXPECT_THAT(said(run()), IsEmpty());
            }
            EXPECT_EQ(seen(), truth());
            return what;
        };
        system_->seed(false);
        std::string all = read();
        system_->step();
        all += read();
        const int times = spoilt();
        EXPECT_GT(times, 0) << "nothing was spoilt";
        figures().faults[kind] = times;
        return all;
    }
    /// How many moments are tried: of a real server, which takes its time, fewer.
    int moments(int simulated) { return system_->now() ? simulated : simulated / 3; }
    /// How much is on timelines and in profiles.
    std::size_t live(const ConnectorBench& bench) const {
        std::size_t all = 0;
        for (const auto& [stream, records] : bench.records()) {
            const auto output = bench.mapped(stream);
            all += output.facts.size();
            all += static_cast<std::size_t>(std::ranges::count(
                output.touchpoints, model::State::live, &model::Touchpoint::state
            ));
        }
        return all;
    }
    void deliver(const std::vector<Call>& calls) {
        for (const Call& call : calls) {
            const auto taken = bench_->webhook(call.headers, call.body);
            EXPECT_TRUE(taken) << taken.error().text() << "\n" << call.body;
        }
    }

    std::shared_ptr<System> system_;
    std::unique_ptr<ConnectorBench> bench_;
};

/// Leaves out what the table leaves out, with its reason.
#define WHERE_IT_HAS(cell) \
    if (!has(cell)) GTEST_SKIP() << "left out: " << row().left_out.at(cell)

TEST_P(EveryConnector, ReadsAllThereIs) {
    EXPECT_THAT(bench_->check(), Not(HasSubstr("error")));
    system_->seed(false);
    EXPECT_THAT(said(run()), IsEmpty());
    EXPECT_EQ(seen(), truth());
    figures().records = bench_->handed_over();
    EXPECT_EQ(figures().records > 0, GetParam() != "generic/webhook") << "it reads nothing";
}

TEST_P(EveryConnector, ReadsAllThereIsWhenAllHappenedInOneMoment) {
    WHERE_IT_HAS(Cell::ties);
    system_->seed(true);
    EXPECT_THAT(said(run()), IsEmpty());
    EXPECT_EQ(seen(), truth());
}

TEST_P(EveryConnector, ReadsOnlyWhatIsNewAfterwards) {
    WHERE_IT_HAS(Cell::incremental);
    system_->seed(false);
    EXPECT_THAT(said(run()), IsEmpty());
    const std::size_t all = bench_->handed_over();
    const int whole = std::exchange(bench_->door().calls, 0);
    EXPECT_THAT(said(run()), IsEmpty());
    EXPECT_LE(std::exchange(bench_->door().calls, 0), std::max(whole / 2, 24));
    EXPECT_LT(bench_->handed_over(), all / 2 + 10);
    system_->step();
    EXPECT_THAT(said(run()), IsEmpty());
    EXPECT_EQ(seen(), truth());
    figures().fresh = bench_->handed_over();
}

TEST_P(EveryConnector, FindsWhatBecomesVisibleAfterLaterThings) {
    WHERE_IT_HAS(Cell::late);
    system_->seed(false);
    system_->step();
    EXPECT_THAT(said(run()), IsEmpty());
    const auto before = truth();
    system_->late();
    const auto after = truth();
    EXPECT_NE(before, after) << "nothing came late";
    EXPECT_THAT(said(run()), IsEmpty());
    EXPECT_EQ(seen(), after);
}

TEST_P(EveryConnector, TakesBackWhatWasDeleted) {
    WHERE_IT_HAS(Cell::deletion);
    system_->seed(false);
    EXPECT_THAT(said(run()), IsEmpty());
    const std::size_t before = live(*bench_);
    deliver(system_->remove());
    // What is looked for once a day is found within one.
    if (system_->now())
        system_->faults()->tell("advance", R"({"seconds": 90000})");
    else
        bench_->pass(k_day);
    EXPECT_THAT(said(run()), IsEmpty());
    ConnectorBench fresh(system_->configured());
    EXPECT_THAT(said(run(fresh)), IsEmpty());
    EXPECT_LT(live(*bench_), before);
    // What was said about it stays where the system tells of that in another list.
    EXPECT_GE(live(*bench_), live(fresh));
    EXPECT_LE(live(*bench_), live(fresh) + 5);
}

TEST_P(EveryConnector, TakesWebhooksBesidePollsAndDoublesNothing) {
    WHERE_IT_HAS(Cell::webhook);
    system_->seed(false);
    EXPECT_THAT(said(run()), IsEmpty());
    system_->step();
    const auto calls = system_->calls();
    ASSERT_FALSE(calls.empty());
    deliver(calls);
    const Streams called = bench_->records();
    EXPECT_THAT(called, Not(IsEmpty()));
    deliver(calls);
    EXPECT_EQ(bench_->records(), called) << "a call that comes twice";
    figures().faults["webhook, twice each,"] = static_cast<int>(calls.size());
    EXPECT_THAT(said(run()), IsEmpty());
    const Streams all = seen();
    for (const auto& [stream, records] : truth()) {
        for (const auto& [id, version] : records) {
            const auto found = all.find(stream);
            ASSERT_TRUE(found != all.end() && found->second.count(id) == 1) << stream << " " << id;
            EXPECT_EQ(found->second.at(id), version) << stream << " " << id;
        }
    }
    // Beside those only what a call said is gone.
    ConnectorBench fresh(system_->configured());
    EXPECT_THAT(said(run(fresh)), IsEmpty());
    if (!has(Cell::incremental)) return;
    EXPECT_LE(live(*bench_), live(fresh));
    EXPECT_GE(live(*bench_) + 3 * calls.size(), live(fresh));
}

TEST_P(EveryConnector, ReadsNothingTwiceIntoDifferentRecords) {
    system_->seed(false);
    EXPECT_THAT(said(run()), IsEmpty());
    const Streams once = bench_->records();
    bench_->forget();
    EXPECT_THAT(said(run()), IsEmpty());
    EXPECT_EQ(bench_->records(), once);
}

TEST_P(EveryConnector, WaitsWhenItIsToldToSlowDown) {
    WHERE_IT_HAS(Cell::too_many);
    EXPECT_THAT(survive("429"), IsEmpty()) << "to wait is no failure";
    EXPECT_GT(bench_->slept(), std::chrono::milliseconds(0));
}

TEST_P(EveryConnector, SurvivesAServerThatFails) {
    WHERE_IT_HAS(Cell::failing);
    const std::string what = survive("500");
    EXPECT_TRUE(what.empty() || what.find("the server answered 502") != std::string::npos) << what;
}

TEST_P(EveryConnector, SurvivesWhatBreaksOff) {
    WHERE_IT_HAS(Cell::cut);
    if (system_->faults() != nullptr)
        survive("cut");
    else
        system_->seed(false);
    // And where the network itself goes away: at the calls of a run, one after the other.
    ConnectorBench undisturbed(system_->configured());
    EXPECT_THAT(said(run(undisturbed)), IsEmpty());
    const int calls = undisturbed.door().calls;
    bench_->forget();
    for (int call = 0; call < calls; call += std::max(1, calls / moments(12))) {
        bench_->door().breaks = {bench_->door().calls + call};
        const auto errors = run();
        for (const auto& [stream, error] : errors) {
            EXPECT_EQ(error.code(), Code::unavailable) << stream << ": " << error.text();
            EXPECT_THAT(error.text(), HasSubstr("the connection broke"));
        }
        bench_->door().breaks.clear();
        EXPECT_THAT(run_until_done(), IsEmpty());
        ASSERT_EQ(seen(), system_->seen(undisturbed)) << "broken off at call " << call;
        bench_->forget();
    }
    EXPECT_GT(bench_->door().broken, 0);
    figures().faults["broken off"] = bench_->door().broken;
}

TEST_P(EveryConnector, SurvivesAnswersThatDrip) {
    WHERE_IT_HAS(Cell::drip);
    EXPECT_THAT(survive("slow"), IsEmpty());
}

TEST_P(EveryConnector, LosesNothingWhenAPageIsSentAgain) {
    WHERE_IT_HAS(Cell::repetition);
    survive("repeat");
}

TEST_P(EveryConnector, SaysThatItIsNotSignedInOrSignsInAgain) {
    WHERE_IT_HAS(Cell::expired);
    system_->seed(false);
    system_->faults()->tell("fault", R"({"kind": "expired", "at": [3]})");
    const auto errors = run();
    if (row().renews) {
        EXPECT_THAT(said(errors), IsEmpty());
    } else {
        ASSERT_EQ(errors.size(), 1u);
        EXPECT_EQ(errors.begin()->second.code(), Code::auth) << said(errors);
    }
    EXPECT_EQ(spoilt(), 1);
    EXPECT_THAT(said(run()), IsEmpty());
    EXPECT_EQ(seen(), truth());
}

TEST_P(EveryConnector, GoesOnWithCredentialsThatWereReplaced) {
    WHERE_IT_HAS(Cell::rotated);
    system_->seed(false);
    EXPECT_THAT(said(run()), IsEmpty());
    const Streams before = bench_->records();
    const auto fresh = system_->rotate();
    bench_->restart();
    const auto errors = run();
    EXPECT_THAT(errors, Not(IsEmpty()));
    for (const auto& [stream, error] : errors) {
        EXPECT_EQ(error.code(), Code::auth) << stream << ": " << error.text();
        EXPECT_THAT(error.text(), Not(HasSubstr("renewed")));
    }
    EXPECT_EQ(bench_->records(), before) << "what is not shown is not gone";
    system_->step();
    bench_->restart(fresh);
    EXPECT_THAT(said(run()), IsEmpty());
    const Streams known = seen();
    bench_->forget();
    EXPECT_THAT(said(run()), IsEmpty());
    const Streams whole = seen();
    for (const auto& [stream, records] : whole) {
        for (const auto& [id, version] : records) EXPECT_EQ(known.at(stream).at(id), version);
    }
}

TEST_P(EveryConnector, EndsTheSameWhereverItIsKilled) {
    WHERE_IT_HAS(Cell::kill);
    system_->seed(false);
    bench_->door().calls = 0;
    EXPECT_THAT(said(run()), IsEmpty());
    const int calls = bench_->door().calls;
    system_->step();
    const Streams whole = truth();
    // One moment in each part of a run, and which one is chance; the same in every run of the test.
    std::mt19937 random(20261128);
    const int parts = std::min(calls, moments(25));
    for (int part = 0; part < parts; ++part) {
        const int from = calls * part / parts, to = std::max(from, calls * (part + 1) / parts - 1);
        const int moment = std::uniform_int_distribution(from, to)(random);
        bench_->forget();
        bench_->door().calls = 0;
        bench_->door().dies_at = moment;
        run();
        bench_->door().dies_at.reset();
        bench_->restart();
        ASSERT_THAT(said(run()), IsEmpty()) << "killed at call " << moment;
        ASSERT_EQ(seen(), whole) << "killed at call " << moment;
        ++figures().kills;
    }
}

TEST_P(EveryConnector, ReadsTheSameFromWithinARunner) {
    system_->seed(false);
    auto isolated = system_->configured();
    isolated.housing = integration::Housing::isolated;
    ConnectorBench bench(std::move(isolated));
    EXPECT_THAT(bench.check(), Not(HasSubstr("error")));
    EXPECT_THAT(said(run(bench)), IsEmpty());
    if (has(Cell::incremental)) system_->step();
    EXPECT_THAT(said(run(bench)), IsEmpty());
    EXPECT_EQ(system_->seen(bench), truth());
}

std::vector<std::string> connectors() {
    std::vector<std::string> names;
    for (const Row& row : catalogue()) names.push_back(row.connector);
    return names;
}

INSTANTIATE_TEST_SUITE_P(
    Catalogue,
    EveryConnector,
    testing::ValuesIn(connectors()),
    [](const testing::TestParamInfo<std::string>& tested) {
        std::string name = tested.param.substr(tested.param.find('/') + 1);
        std::ranges::replace(name, '-', '_');
        return name;
    }
);

}  // namespace
}  // namespace touchline::connectors
