#include "../places.hpp"
#include "../plugin_files.hpp"

#include "touchline/check/check.hpp"

#include <fstream>

namespace touchline::app {
namespace {

using check::Verdict;

/// What a grade says, in a few words.
std::string_view meaning_of(char grade) {
    switch (grade) {
        case 'A':
            return "nothing was found";
        case 'B':
            return "works; could be a better guest";
        case 'C':
            return "works, but may lose or repeat records when something goes wrong";
        case 'D':
            return "can fall over, or hang, or mislead";
        default:
            return "cannot be used";
    }
}

void show(Terminal& terminal, const check::TestResult& result, bool all) {
    const Verdict verdict = result.finding.verdict;
    const bool quiet = verdict == Verdict::passed || verdict == Verdict::skipped;
    if (quiet && !all) {
        terminal.progress(result.id);
        return;
    }
    std::string word(to_string(verdict));
    if (!quiet) {
        for (char& c : word) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    }
    terminal.print(
        word + std::string(word.size() < 10 ? 10 - word.size() : 1, ' ') + result.id + "  " +
        result.sentence
    );
    if (!result.finding.message.empty()) terminal.print("          " + result.finding.message);
}

int list_tests(Terminal& terminal) {
    for (const check::TestInfo& test : check::all_tests()) {
        terminal.print(
            std::string(test.id) + "  " + std::string(test.sentence) + "  (fails: at best " +
            test.best_grade + ")"
        );
    }
    return k_ok;
}

void show_summary(Terminal& terminal, const check::Report& report, const std::string& plugin) {
    const int passed = report.count(Verdict::passed), skipped = report.count(Verdict::skipped);
    const auto all = static_cast<int>(report.results.size());
    terminal.print(
        report.id + " " + report.version + ": " + std::to_string(passed) + " passed, " +
        std::to_string(all - passed - skipped) + " failed, " + std::to_string(skipped) +
        " not for it; seed " + std::to_string(report.seed)
    );
    terminal.print(
        std::string("grade ") + report.grade() + ": " + std::string(meaning_of(report.grade()))
    );
    for (const check::TestResult& result : report.results) {
        const Verdict verdict = result.finding.verdict;
        if (verdict == Verdict::passed || verdict == Verdict::skipped) continue;
        terminal.say("next: touchline plugin check " + plugin + " --only " + result.id);
        return;
    }
}

}  // namespace

int plugin_check(Terminal& terminal, const Globals& globals, const CheckArguments& arguments) {
    if (arguments.list) return list_tests(terminal);
    if (arguments.plugin.empty()) {
        terminal.fail(
            Error(Code::not_found, "name a connector: its id, or its file"), "touchline plugin list"
        );
        return k_usage;
    }
    const auto file = plugin_file(globals, arguments.plugin);
    if (!file) return terminal.fail(file.error(), "touchline plugin list");
    check::CheckOptions options;
    options.plugin = *file;
    options.cassettes = cassettes_of(*file, arguments.cassettes);
    options.only = arguments.only;
    options.seed = arguments.seed;
    options.limit = std::chrono::milliseconds(static_cast<std::int64_t>(arguments.seconds * 1000));
    options.in_process = arguments.in_process;
    if (!arguments.no_runner) options.runner = runner_program();
    if (!terminal.json)
        options.on_result = [&](const check::TestResult& result) {
            show(terminal, result, arguments.all);
        };
    const auto report = check::run_checks(options);
    if (!report) {
        terminal.fail(report.error());
        return k_bad;
    }
    if (!arguments.junit.empty()) {
        std::ofstream out(arguments.junit);
        out << check::report_junit(*report);
        if (!out.flush())
            return terminal.fail(
                Error(Code::unavailable, "cannot write " + arguments.junit.string())
            );
    }
    if (terminal.json) {
        terminal.print(check::report_json(*report));
    } else {
        show_summary(terminal, *report, arguments.plugin);
    }
    return report->grade() <= arguments.grade.front() ? k_ok : k_bad;
}

}  // namespace touchline::app
