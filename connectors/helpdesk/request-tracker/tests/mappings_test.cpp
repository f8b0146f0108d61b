// The default mappings pass the tests that they carry.
#include "touchline/config/yaml.hpp"
#include "touchline/mapping/cases.hpp"

#include <gtest/gtest.h>

namespace touchline {
namespace {

class Mappings : public testing::TestWithParam<const char*> {};

TEST_P(Mappings, PassTheTestsThatTheyCarry) {
    const auto file = config::read_yaml_file(std::string(MAPPINGS_DIR) + "/" + GetParam());
    ASSERT_TRUE(file) << file.error().text();
    std::vector<Error> problems;
    const auto mapping = mapping::Mapping::compile(*file, problems);
    for (const auto& problem : problems) ADD_FAILURE() << problem.text();
    ASSERT_TRUE(mapping);
    const auto results = mapping::run_tests(*mapping, [](std::string_view) -> Result<std::string> {
        return Error(Code::not_found, "these tests name no files");
    });
    EXPECT_FALSE(results.empty());
    for (const auto& result : results) {
        if (result.error) ADD_FAILURE() << result.name << ": " << result.error->text();
        for (const auto& difference : result.differences) {
            ADD_FAILURE() << result.name << ": " << difference.pointer << " expected "
                          << difference.expected << ", got " << difference.got;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    RequestTracker, Mappings, testing::Values("transactions.yaml", "tickets.yaml", "users.yaml")
);

}  // namespace
}  // namespace touchline
