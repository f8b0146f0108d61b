// The conformance kit: tries a connector on its cassettes and grades it. Every test runs in a
// process of its own, so that a crash or an endless loop is a result like any other; nothing ever
// reaches a network.
#pragma once

#include "touchline/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::check {

enum class Verdict {
    passed,
    failed,
    skipped,    ///< does not apply to this connector or these cassettes
    crashed,    ///< the connector took its process down
    timed_out,  ///< it did not come back
};
/// "passed", "failed", ...
std::string_view to_string(Verdict verdict);

/// What one test found.
struct Finding {
    Verdict verdict = Verdict::passed;
    std::string message;  ///< why; empty when it passed without a remark
};

struct TestResult {
    std::string id;         ///< "state.resume"
    std::string sentence;   ///< what the test holds: one sentence
    char best_grade = 'F';  ///< the best grade of a connector that fails it
    Finding finding;
};

struct Report {
    std::string id, version;  ///< of the connector
    std::filesystem::path file;
    std::uint64_t seed = 1;
    std::vector<TestResult> results;

    int count(Verdict verdict) const;
    /// The worst `best_grade` of the tests that did not pass; A when all did.
    char grade() const;
};

struct CheckOptions {
    std::filesystem::path plugin;
    std::filesystem::path cassettes;
    std::vector<std::string> only;  ///< ids, or beginnings of ids such as "state."; empty: all
    std::uint64_t seed = 1;         ///< the same seed spoils the same bytes
    /// For one test, of processor time; one that does nothing is ended after as long by the clock.
    std::chrono::milliseconds limit{45'000};
    bool in_process = false;  ///< for debuggers: no child, no limit
    /// The program touchline-runner: what a connector does over a conversation is tried in a runner
    /// as well. Empty: only in the test's own process.
    std::filesystem::path runner;
    std::function<void(const TestResult&)> on_result;  ///< as each test is done; may be empty
};

/// Errors: the file cannot be read; the cassettes are missing or broken; no test has such an id.
/// A library that cannot be loaded is a report with grade F. Call it from a process with one
/// thread: it forks.
Result<Report> run_checks(const CheckOptions& options);

struct TestInfo {
    std::string_view id, sentence;
    char best_grade;
};
/// Every test there is, in the order in which they run.
std::vector<TestInfo> all_tests();

std::string report_json(const Report& report);
/// For build servers: one test suite, one case per test.
std::string report_junit(const Report& report);

}  // namespace touchline::check
