// The default mappings of all connectors pass the tests that they carry.
#include "touchline/config/yaml.hpp"
#include "touchline/mapping/cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace touchline {
namespace {

std::vector<std::string> mapping_files() {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(CONNECTORS_DIR)) {
        if (entry.path().extension() == ".yaml" &&
            entry.path().parent_path().filename() == "mappings")
            files.push_back(std::filesystem::relative(entry.path(), CONNECTORS_DIR).string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

class ShippedMapping : public testing::TestWithParam<std::string> {};

TEST_P(ShippedMapping, PassesTheTestsThatItCarries) {
    const auto file = config::read_yaml_file(std::string(CONNECTORS_DIR) + "/" + GetParam());
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
    Connectors,
    ShippedMapping,
    testing::ValuesIn(mapping_files()),
    [](const testing::TestParamInfo<std::string>& tested) {
        std::string name = tested.param;
        std::replace_if(
            name.begin(),
            name.end(),
            [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); },
            '_'
        );
        return name;
    }
);

}  // namespace
}  // namespace touchline
