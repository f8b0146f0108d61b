// A mapping file, run over a record that has a little of everything.
#include "fuzz.hpp"

#include "touchline/config/yaml.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/mapping/runner.hpp"

namespace {

constexpr std::string_view k_record =
    R"({"id": 7, "email": "Ana <ana@example.org>", "phone": "+32 2 555 12 12", "name": "Ana",
        "created": "2026-02-11T10:00:00Z", "at": 1770804000, "amount": "12.50", "currency": "EUR",
        "text": "<p>hello</p>", "tags": ["a", "b"], "nested": {"list": [{"x": 1}, {"x": null}]}})";

touchline::model::Source source() {
    touchline::model::Source source;
    source.connection = "c";
    source.connector = "c@1.0.0";
    source.stream = "s";
    source.external_id = "7";
    return source;
}

}  // namespace

void touchline::fuzz::run(std::string_view input) {
    const auto file = config::read_yaml(input, "mapping.yaml");
    if (!file) return;
    std::vector<Error> problems;
    const auto mapping = mapping::Mapping::compile(*file, problems);
    TOUCHLINE_ASSERT(mapping.has_value() == problems.empty());
    for (const Error& problem : problems)
        TOUCHLINE_ASSERT(problem.place() && !problem.message().empty());
    if (!mapping) return;
    const auto record = json::Document::parse(k_record);
    const model::Source from = source();
    mapping::Runner runner;
    mapping::Output output;
    if (!runner.run(*mapping, {"t", from}, record->root(), output)) {
        TOUCHLINE_ASSERT(output.empty());
        return;
    }
    for (const model::Touchpoint& touchpoint : output.touchpoints) {
        json::Writer writer;
        model::write(writer, touchpoint);
        const auto written = json::Document::parse(writer.take());
        TOUCHLINE_ASSERT(written && model::read_touchpoint(written->root()));
    }
}
