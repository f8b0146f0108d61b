// Everything below config/ does what it says: configurations load without a warning, the connectors
// that they name take their settings, and the mappings beside them pass their own tests.
#include "touchline/config/load.hpp"
#include "touchline/config/yaml.hpp"
#include "touchline/host/plugin_library.hpp"
#include "touchline/host/settings.hpp"
#include "touchline/mapping/cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace touchline {
namespace {

using Files = std::set<std::filesystem::path>;

const std::filesystem::path k_folder = std::filesystem::path(TOUCHLINE_SOURCE_DIR) / "config";

/// Mappings are in folders of that name, and so are vocabularies of phases, which the journey's
/// tests read; everything else is a configuration.
Files yaml_files(bool mappings) {
    Files files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(k_folder)) {
        if (entry.path().extension() != ".yaml") continue;
        const auto folder = entry.path().parent_path().filename();
        if (folder != "phases" && (folder == "mappings") == mappings) files.insert(entry.path());
    }
    return files;
}

TEST(ShippedConfig, LoadsWithoutAWarning) {
    const Files files = yaml_files(false);
    EXPECT_GE(files.size(), 4u);
    for (const auto& file : files) {
        const auto loaded = config::load(file);
        for (const auto& problem : loaded.problems)
            ADD_FAILURE() << config::render(problem, loaded.source);
    }
}

TEST(ShippedConfig, GivesConnectorsSettingsThatTheyTake) {
    const std::filesystem::path plugins = std::filesystem::path(TOUCHLINE_BINARY_DIR) / "plugins";
    const auto found = host::discover_plugins(std::span(&plugins, 1)).plugins;
    const auto check = [&](const std::string& plugin, std::string_view settings) {
        const auto one = std::ranges::find(found, plugin, [](const host::FoundPlugin& candidate) {
            return candidate.manifest.id;
        });
        ASSERT_NE(one, found.end()) << "there is no connector " << plugin;
        const auto complete = host::complete_settings(one->manifest, settings);
        EXPECT_TRUE(complete) << complete.error().text();
    };
    for (const auto& file : yaml_files(false)) {
        const testing::ScopedTrace trace(__FILE__, __LINE__, file.string());
        const auto config = config::load(file).config;
        for (const auto& [id, connection] : config.connections)
            check(connection.plugin.value, connection.settings);
        for (const auto& [id, destination] : config.destinations)
            check(destination.plugin.value, destination.settings);
    }
}

TEST(ShippedConfig, NamesEveryMappingBesideItAndNoOther) {
    Files named;
    for (const auto& file : yaml_files(false)) {
        for (const auto& [id, connection] : config::load(file).config.connections)
            for (const auto& [name, stream] : connection.streams)
                if (!stream.mapping.value.empty()) named.insert(stream.mapping.value);
    }
    EXPECT_EQ(named, yaml_files(true));
}

TEST(ShippedMappings, PassTheTestsThatTheyCarry) {
    for (const auto& file : yaml_files(true)) {
        const testing::ScopedTrace trace(__FILE__, __LINE__, file.string());
        const auto text = config::read_yaml_file(file);
        ASSERT_TRUE(text) << text.error().text();
        std::vector<Error> problems;
        const auto mapping = mapping::Mapping::compile(*text, problems);
        for (const auto& problem : problems) ADD_FAILURE() << problem.text();
        ASSERT_TRUE(mapping);
        const auto results = mapping::run_tests(*mapping, config::read_text_file);
        EXPECT_FALSE(results.empty()) << "it carries no tests";
        for (const auto& result : results) {
            EXPECT_TRUE(result.passed())
                << result.name << (result.error ? ": " + result.error->text() : "");
            for (const auto& difference : result.differences)
                ADD_FAILURE() << difference.pointer << ": " << difference.expected
                              << " expected, got " << difference.got;
        }
    }
}

}  // namespace
}  // namespace touchline
