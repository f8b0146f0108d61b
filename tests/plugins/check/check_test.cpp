// The conformance kit has to notice: each of its tests is shown a connector that deserves to fail
// it.
#include "touchline/check/check.hpp"

#include "touchline/check/cassette.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <set>

namespace touchline::check {
namespace {

struct BadHabit {
    std::string connector, fault, test;
    Verdict verdict = Verdict::failed;
};

void PrintTo(const BadHabit& habit, std::ostream* out) {
    *out << habit.connector << " " << habit.fault << " " << habit.test;
}

constexpr Verdict k_crashed = Verdict::crashed;

const std::vector<BadHabit>& bad_habits() {
    static const std::vector<BadHabit> k_habits{
        {"source", "other-id", "load.opens"},
        {"careless", "", "load.one-symbol"},
        {"careless", "", "load.no-unique-symbols"},
        {"careless", "", "load.libraries"},
        {"careless", "", "load.hardened"},
        {"source", "thread-at-load", "load.no-threads"},
        {"source", "any-capability", "load.unknown-capability"},
        {"source", "changing-tables", "load.static-tables"},
        {"careless", "", "manifest.described"},
        {"careless", "", "manifest.version"},
        {"careless", "", "manifest.capabilities"},
        {"careless", "", "manifest.auth"},
        {"careless", "", "manifest.streams"},
        {"careless", "", "manifest.settings"},
        {"careless", "", "manifest.defaults"},
        {"careless", "", "manifest.encryption"},
        {"careless", "", "manifest.needs"},
        {"careless", "", "manifest.mappings"},
        {"careless", "", "manifest.cassettes"},
        {"placeholders", "", "manifest.placeholders"},
        {"source", "odd-settings", "settings.odd-values"},
        {"source", "request-on-create", "instance.no-requests"},
        {"source", "leak-on-create", "instance.leaves-nothing"},
        {"source", "shared", "instance.stands-alone"},
        {"source", "check-mute", "check.works"},
        {"source", "check-vague", "check.credentials"},
        {"source", "check-defect", "check.unreachable"},
        {"source", "fails", "read.works"},
        {"source", "hang", "read.works", Verdict::timed_out},
        {"source", "counts", "read.same-twice"},
        {"source", "no-keys", "read.keys"},
        {"source", "late-page", "read.ends-with-checkpoint"},
        {"source", "forgets", "read.second-is-empty"},
        {"source", "runs-on", "read.repeated-page"},
        {"source", "any-stream", "read.unknown-stream"},
        {"source", "bounds", "read.bounds"},
        {"source", "early-checkpoint", "state.resume"},
        {"source", "ignores-errors", "state.store-fails"},
        {"source", "any-version", "state.newer-version"},
        {"source", "state-abort", "state.foreign", k_crashed},
        {"source", "no-retry", "limits.one-429"},
        {"source", "swallows", "limits.all-429"},
        {"source", "no-retry", "faults.503"},
        {"source", "no-retry", "faults.401"},
        {"source", "swallows", "faults.lost-connection"},
        {"source", "swallows", "faults.sign-in-page"},
        {"source", "swallows", "faults.half-an-answer"},
        {"source", "parse-abort", "contents.cut", k_crashed},
        {"source", "parse-abort", "contents.unrelated", k_crashed},
        {"source", "kind-abort", "contents.other-values", k_crashed},
        {"source", "parse-abort", "contents.bad-utf8", k_crashed},
        {"source", "swallows", "cancel.at-requests"},
        {"source", "swallows", "cancel.between-pages"},
        {"source", "more-for-nothing", "cancel.before"},
        {"source", "webhook-refuses", "webhook.takes-calls"},
        {"source", "webhook-counts", "webhook.same-twice"},
        {"source", "webhook-abort", "webhook.strange-calls", k_crashed},
        {"source", "webhook-defect", "webhook.empty-call"},
        {"source", "bare-service", "host.no-services", k_crashed},
        {"source", "newer-service", "host.older", k_crashed},
        {"source", "believes-lengths", "host.lying-lengths", k_crashed},
        {"source", "bad-settings-abort", "host.settings-that-are-none", k_crashed},
        {"source", "stubborn", "host.cancel-anywhere"},
        {"source", "keeps-bodies", "host.releases-bodies"},
        {"source", "no-memory", "memory.none-left", k_crashed},
        {"source", "leak-on-read", "memory.none-kept"},
        {"source", "socket", "hygiene.no-network", k_crashed},
        {"source", "file", "hygiene.no-files", k_crashed},
        {"source", "thread", "hygiene.no-processes", k_crashed},
        {"source", "print", "hygiene.silent"},
        {"source", "log-customer", "hygiene.no-customer-data"},
        {"source", "secret", "hygiene.no-secrets"},
        {"source", "signal", "hygiene.process-untouched"},
        {"destination", "check-mute", "destination.check"},
        {"destination", "never", "destination.delivers"},
        {"destination", "empty-batch", "destination.empty"},
        {"destination", "gives-up", "destination.503"},
        {"destination", "impatient", "destination.retry-after"},
        {"destination", "claims-success", "destination.honest"},
        {"destination", "gives-up", "destination.lost-connection"},
        {"destination", "new-key", "destination.idempotent"},
        {"destination", "disorder", "destination.order"},
        {"enricher", "silent", "enricher.facts"},
        {"enricher", "inventive", "enricher.no-inventions"},
        {"enricher", "fickle", "enricher.same-twice"},
    };
    return k_habits;
}

Result<Report> check(
    const std::string& connector, const std::string& fault, std::vector<std::string> only = {}
) {
    setenv("TOUCHLINE_TEST_FAULT", fault.c_str(), 1);
    const bool own = connector == "destination" || connector == "enricher";
    const bool test = own || connector == "source" || connector == "homesick";
    CheckOptions options;
    options.plugin = std::string(TEST_PLUGINS) + "/" + (test ? "test-" : "") + connector + ".so";
    options.cassettes = std::string(CASSETTES) + "/" + (own ? connector : "source");
    options.only = std::move(only);
    options.limit = std::chrono::milliseconds(fault == "hang" ? 300 : 60'000);
    // In a runner a connector cannot hand over more after a refusal, whatever it does.
    if (fault != "ignores-errors") options.runner = TOUCHLINE_RUNNER;
    auto report = run_checks(options);
    unsetenv("TOUCHLINE_TEST_FAULT");
    return report;
}

class Check : public testing::TestWithParam<BadHabit> {};

TEST_P(Check, NoticesABadHabit) {
    const BadHabit& habit = GetParam();
    const auto report = check(habit.connector, habit.fault, {habit.test});
    ASSERT_TRUE(report) << report.error().text();
    ASSERT_EQ(report->results.size(), 1u);
    const TestResult& result = report->results.front();
    EXPECT_EQ(to_string(result.finding.verdict), to_string(habit.verdict))
        << result.finding.message;
    EXPECT_FALSE(result.finding.message.empty());
    EXPECT_EQ(report->grade(), result.best_grade);
}

std::string name_of(const testing::TestParamInfo<BadHabit>& habit) {
    std::string name = habit.param.test + "_" + habit.param.fault;
    for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return name;
}

INSTANTIATE_TEST_SUITE_P(Of, Check, testing::ValuesIn(bad_habits()), name_of);

TEST(CheckKit, HasABadHabitForEachOfItsTests) {
    std::set<std::string_view> shown;
    for (const BadHabit& habit : bad_habits()) shown.insert(habit.test);
    for (const TestInfo& test : all_tests()) {
        // That one only tells; it never fails.
        if (test.best_grade == 'A') continue;
        EXPECT_TRUE(shown.contains(test.id)) << test.id << " has never been seen to fail";
    }
}

TEST(CheckKit, GivesGoodConnectorsAnA) {
    for (const std::string connector : {"source", "destination", "enricher"}) {
        const auto report = check(connector, "");
        ASSERT_TRUE(report) << report.error().text();
        for (const TestResult& result : report->results) {
            EXPECT_TRUE(
                result.finding.verdict == Verdict::passed ||
                result.finding.verdict == Verdict::skipped
            ) << result.id
              << ": " << result.finding.message;
        }
        EXPECT_EQ(report->grade(), 'A') << connector;
    }
}

TEST(CheckKit, NoticesWhoIsWellOnlyInTheHostsProcess) {
    const auto report = check("homesick", "", {"read.works"});
    ASSERT_TRUE(report) << report.error().text();
    const Finding& finding = report->results.front().finding;
    EXPECT_EQ(finding.verdict, Verdict::failed);
    EXPECT_NE(finding.message.find("in a runner: "), std::string::npos) << finding.message;
    EXPECT_NE(finding.message.find("where am I?"), std::string::npos) << finding.message;
}

TEST(CheckKit, NamesTheRequestThatACassetteLacks) {
    const auto report = check("source", "runs-on", {"read.works"});
    ASSERT_TRUE(report);
    EXPECT_NE(
        report->results[0].finding.message.find("GET https://acme.example/things?n=1"),
        std::string::npos
    ) << report->results[0].finding.message;
}

TEST(CheckKit, StopsAtALibraryThatDoesNotLoad) {
    const auto report = check("source", "other-id");
    ASSERT_TRUE(report);
    EXPECT_EQ(report->results.size(), 1u);
    EXPECT_EQ(report->grade(), 'F');
}

TEST(CheckKit, RunsInTheProcessOfADebugger) {
    CheckOptions options;
    options.plugin = std::string(TEST_PLUGINS) + "/test-source.so";
    options.cassettes = std::string(CASSETTES) + "/source";
    options.only = {"state."};
    options.in_process = true;
    // A library that was loaded once stays, so this process had better not be the one.
    EXPECT_EXIT(
        {
            const auto report = run_checks(options);
            std::exit(report && report->results.size() == 4 ? report->grade() : 0);
        },
        testing::ExitedWithCode('A'),
        ""
    );
}

TEST(CheckKit, RefusesATestThatIsNotThere) {
    const auto report = check("source", "", {"state.resum"});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code(), Code::not_found);
}

TEST(CheckKit, ReportsForBuildServers) {
    const auto report = check("source", "fails", {"read.works", "enricher.facts", "read.keys"});
    ASSERT_TRUE(report);
    const std::string xml = report_junit(*report);
    EXPECT_NE(xml.find("tests=\"3\" failures=\"2\" errors=\"0\" skipped=\"1\""), std::string::npos)
        << xml;
    EXPECT_NE(report_json(*report).find("\"grade\":\"F\""), std::string::npos);
}

}  // namespace
}  // namespace touchline::check
