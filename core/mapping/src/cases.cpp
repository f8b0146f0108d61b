#include "touchline/mapping/cases.hpp"

#include "differences.hpp"
#include "plan.hpp"

#include "touchline/json/writer.hpp"
#include "touchline/mapping/runner.hpp"

namespace touchline::mapping {
namespace {

// What a case leaves unsaid.
model::Source default_source() {
    model::Source source;
    source.connection = "test";
    source.stream = "test";
    source.external_id = "1";
    // 2026-01-01T00:00:00Z: any time will do, as long as it never changes.
    source.ingested_at = Time(std::chrono::seconds(1'767'225'600));
    return source;
}

void take(json::View given, std::string_view key, std::string& into) {
    const auto value = given.get(key);
    if (!value) return;
    const auto text = value->as_string();
    into = text ? std::string(*text) : value->text();
}

std::string to_json(const Output& output) {
    json::Writer writer;
    writer.begin_array();
    for (const auto& touchpoint : output.touchpoints) model::write(writer, touchpoint);
    for (const auto& fact : output.facts) model::write(writer, fact);
    for (const auto& link : output.links) model::write(writer, link);
    writer.end_array();
    return writer.take();
}

Result<void> map(const Mapping& mapping, const Case& test, const Loader& load, Output& output) {
    std::string text = test.input;
    if (!test.input_file.empty()) {
        TOUCHLINE_TRY(text, load(test.input_file).with("reading " + test.input_file));
    }
    TOUCHLINE_TRY(
        const auto record, json::Document::parse(text).with("reading the record of the test")
    );
    std::optional<json::Document> settings;
    if (!test.settings.empty()) {
        TOUCHLINE_TRY(settings, json::Document::parse(test.settings));
    }
    model::Source source = default_source();
    if (!test.source.empty()) {
        TOUCHLINE_TRY(const auto given, json::Document::parse(test.source));
        take(given.root(), "connection", source.connection);
        take(given.root(), "system", source.system);
        take(given.root(), "stream", source.stream);
        take(given.root(), "external_id", source.external_id);
        take(given.root(), "version", source.version);
        take(given.root(), "url", source.url);
    }
    const Context context{
        .tenant = "test",
        .source = source,
        .settings = settings ? std::optional(settings->root()) : std::nullopt,
        .department = test.department};
    return Runner().run(mapping, context, record.root(), output);
}

void expect_error(const Case& test, const Result<void>& mapped, CaseResult& result) {
    std::string expected, got = "(no error)";
    json::append_quoted(expected, test.expected_error);
    if (!mapped) {
        const std::string text = mapped.error().text();
        if (text.find(test.expected_error) != std::string::npos) return;
        got.clear();
        json::append_quoted(got, text);
    }
    result.differences.push_back({"error", expected, got});
}

Result<void> expect_output(const Case& test, const Output& output, CaseResult& result) {
    TOUCHLINE_TRY(const auto expected, json::Document::parse(test.expected));
    TOUCHLINE_TRY(const auto got, json::Document::parse(to_json(output)));
    const bool single = expected.root().size() == 1 && got.root().size() == 1;
    if (single) {
        compare("", *expected.root().at(0), *got.root().at(0), test.exact, result.differences);
    } else {
        compare("out", expected.root(), got.root(), test.exact, result.differences);
    }
    return {};
}

CaseResult run_case(const Mapping& mapping, const Case& test, const Loader& load) {
    CaseResult result;
    result.name = test.name;
    result.place = {mapping.plan().file, test.line, test.column};
    Output output;
    Result<void> mapped = map(mapping, test, load, output);
    if (!test.expected_error.empty()) {
        expect_error(test, mapped, result);
        return result;
    }
    if (mapped) mapped = expect_output(test, output, result);
    if (!mapped) result.error = std::move(mapped).error();
    return result;
}

}  // namespace

std::vector<CaseResult> run_tests(const Mapping& mapping, const Loader& load) {
    std::vector<CaseResult> results;
    for (const Case& test : mapping.plan().cases) results.push_back(run_case(mapping, test, load));
    return results;
}

}  // namespace touchline::mapping
