// The configuration of the demo: it loads, and its mappings pass their own tests. That only the bad
// records of the sample are refused is seen where the whole program runs.
#include "touchline/config/load.hpp"
#include "touchline/config/yaml.hpp"
#include "touchline/mapping/cases.hpp"

#include <gtest/gtest.h>

#include <set>

namespace touchline::sample {
namespace {

const std::filesystem::path k_demo = std::filesystem::path(TOUCHLINE_SOURCE_DIR) / "config/demo";

std::string problems_of(const std::vector<Error>& errors) {
    std::string text;
    for (const Error& error : errors) text += config::render(config::to_problem(error), "");
    return text;
}

std::optional<mapping::Mapping> compiled(const std::filesystem::path& file) {
    const auto node = config::read_yaml_file(file);
    if (!node) {
        ADD_FAILURE() << file << ": " << node.error().text();
        return std::nullopt;
    }
    std::vector<Error> problems;
    auto result = mapping::Mapping::compile(*node, problems);
    EXPECT_EQ(problems_of(problems), "") << file;
    return result;
}

TEST(DemoConfig, IsWithoutProblems) {
    const config::Loaded loaded = config::load(k_demo / "touchline.yaml");
    for (const auto& problem : loaded.problems)
        ADD_FAILURE() << config::render(problem, loaded.source);
    EXPECT_EQ(loaded.config.connections.size(), 9u);
    std::set<std::string> departments;
    for (const auto& [id, connection] : loaded.config.connections)
        departments.insert(connection.department.value);
    EXPECT_GE(departments.size(), 7u);
}

TEST(DemoMappings, PassTheTestsThatTheyCarry) {
    int cases = 0;
    for (const auto& entry : std::filesystem::directory_iterator(k_demo / "mappings")) {
        const auto mapping = compiled(entry.path());
        ASSERT_TRUE(mapping);
        for (const auto& result : mapping::run_tests(*mapping, config::read_text_file)) {
            ++cases;
            EXPECT_TRUE(result.passed()) << entry.path() << ": " << result.name
                                         << (result.error ? ": " + result.error->text() : "");
            for (const auto& difference : result.differences) {
                ADD_FAILURE() << difference.pointer << ": " << difference.expected
                              << " expected, got " << difference.got;
            }
        }
    }
    EXPECT_GE(cases, 15);
}

}  // namespace
}  // namespace touchline::sample
