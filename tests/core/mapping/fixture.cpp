#include "fixture.hpp"

#include "touchline/config/yaml.hpp"

#include <gtest/gtest.h>

namespace touchline::mapping::testing {

Mapping mapping_of(std::string_view yaml) {
    const auto node = config::read_yaml(yaml, "m.yaml");
    EXPECT_TRUE(node) << node.error().text();
    std::vector<Error> problems;
    auto mapping = Mapping::compile(*node, problems);
    for (const Error& problem : problems) ADD_FAILURE() << problem.text();
    return *mapping;
}

std::vector<std::string> problems_of(std::string_view yaml) {
    const auto node = config::read_yaml(yaml, "m.yaml");
    EXPECT_TRUE(node) << node.error().text();
    std::vector<Error> problems;
    EXPECT_FALSE(Mapping::compile(*node, problems));
    std::vector<std::string> lines;
    for (const Error& problem : problems) {
        EXPECT_EQ(problem.place()->file, "m.yaml");
        std::string line = std::to_string(problem.place()->line) + ":" +
                           std::to_string(problem.place()->column) + " " + problem.message();
        if (!problem.cure().empty()) line += " (" + problem.cure() + ")";
        lines.push_back(std::move(line));
    }
    return lines;
}

Mapped map(std::string_view yaml, std::string_view record, std::string_view settings) {
    const Mapping mapping = mapping_of(yaml);
    const auto input = json::Document::parse(record);
    const auto options = json::Document::parse(settings);
    EXPECT_TRUE(input && options);
    model::Source source;
    source.connection = "zendesk-eu";
    source.stream = "tickets";
    source.external_id = "7";
    source.ingested_at = Time(std::chrono::seconds(1'790'932'440));
    const Context context{
        .tenant = "acme", .source = source, .settings = options->root(), .department = "support"};
    Mapped mapped;
    const auto result = Runner().run(mapping, context, input->root(), mapped.output);
    if (!result) {
        mapped.error = result.error().text();
        mapped.place = result.error().place().value_or(Place{});
    }
    return mapped;
}

std::string touchpoint_with(std::string_view line) {
    return "emit: touchpoint\nset:\n  " + std::string(line) + R"(
  kind: case.opened
  channel: email
  direction: inbound
  occurred_at: =at || '2026-10-02T09:14:00Z'
  identities: [{ns: email, value: =email || 'ana@example.org'}]
)";
}

}  // namespace touchline::mapping::testing
