#include "touchline/base/text.hpp"
#include "touchline/check/check.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::check {

namespace {

std::string xml(std::string_view text) {
    std::string out;
    for (const char c : to_utf8(text)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }
    return out;
}

bool spoils_the_grade(Verdict verdict) {
    return verdict != Verdict::passed && verdict != Verdict::skipped;
}

}  // namespace

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::passed:
            return "passed";
        case Verdict::failed:
            return "failed";
        case Verdict::skipped:
            return "skipped";
        case Verdict::crashed:
            return "crashed";
        case Verdict::timed_out:
            return "timed out";
    }
    return "failed";
}

int Report::count(Verdict verdict) const {
    return static_cast<int>(std::ranges::count_if(results, [&](const TestResult& result) {
        return result.finding.verdict == verdict;
    }));
}

char Report::grade() const {
    char worst = 'A';
    for (const TestResult& result : results) {
        if (spoils_the_grade(result.finding.verdict)) worst = std::max(worst, result.best_grade);
    }
    return worst;
}

std::string report_json(const Report& report) {
    json::Writer writer;
    writer.begin_object().member("connector", report.id).member("version", report.version);
    writer.member("grade", std::string_view(std::string(1, report.grade())));
    writer.member("seed", report.seed).key("tests").begin_array();
    for (const TestResult& result : report.results) {
        writer.begin_object().member("id", result.id).member("sentence", result.sentence);
        writer.member("verdict", to_string(result.finding.verdict));
        writer.member_unless_empty("message", result.finding.message);
        if (spoils_the_grade(result.finding.verdict))
            writer.member("best_grade", std::string_view(std::string(1, result.best_grade)));
        writer.end_object();
    }
    return writer.end_array().end_object().take();
}

std::string report_junit(const Report& report) {
    const int failures = report.count(Verdict::failed) + report.count(Verdict::timed_out);
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"" +
                      xml(report.id) + "\" tests=\"" + std::to_string(report.results.size()) +
                      "\" failures=\"" + std::to_string(failures) + "\" errors=\"" +
                      std::to_string(report.count(Verdict::crashed)) + "\" skipped=\"" +
                      std::to_string(report.count(Verdict::skipped)) + "\">\n";
    for (const TestResult& result : report.results) {
        out += "  <testcase classname=\"" + xml(report.id) + "\" name=\"" + xml(result.id) + "\"";
        const std::string message = xml(result.finding.message);
        switch (result.finding.verdict) {
            case Verdict::passed:
                out += "/>\n";
                continue;
            case Verdict::skipped:
                out += "><skipped message=\"" + message + "\"/>";
                break;
            case Verdict::crashed:
                out += "><error message=\"" + message + "\"/>";
                break;
            case Verdict::failed:
            case Verdict::timed_out:
                out += "><failure message=\"" + message + "\"/>";
                break;
        }
        out += "</testcase>\n";
    }
    return out + "</testsuite>\n";
}

}  // namespace touchline::check
