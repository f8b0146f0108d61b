// Every file in good/ is accepted, every file in bad/ is refused with the text that stands beside
// it, and the schema for editors agrees with the parser. TOUCHLINE_UPDATE=1 writes the texts anew.
#include "schema_check.hpp"

#include "touchline/config/keys.hpp"
#include "touchline/config/load.hpp"
#include "touchline/config/yaml.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

namespace touchline::config {
namespace {

const std::filesystem::path k_folder =
    std::filesystem::path(TOUCHLINE_SOURCE_DIR) / "tests/core/config";

std::set<std::filesystem::path> files_in(const char* folder) {
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(k_folder / folder)) {
        if (entry.path().extension() == ".yaml") files.insert(entry.path());
    }
    return files;
}

std::string rendered(const Loaded& loaded) {
    std::string text;
    for (const Problem& problem : loaded.problems) text += render(problem, loaded.source);
    return text;
}

Loaded load_named(const std::filesystem::path& file) {
    return load_text(*read_text_file(file), file.filename().string(), "/etc/touchline");
}

/// What the schema says of a file that is YAML.
std::string schema_refusal(const std::filesystem::path& file) {
    const auto schema = json::Document::parse(json_schema());
    const auto root = read_yaml(*read_text_file(file), "file.yaml");
    const auto value = json::Document::parse(root->to_json());
    return refusal(schema->root(), value->root());
}

TEST(Corpus, HoldsEnoughFiles) {
    EXPECT_GE(files_in("good").size(), 25u);
    EXPECT_GE(files_in("bad").size(), 40u);
}

TEST(Corpus, GoodFilesAreAcceptedByParserAndSchema) {
    for (const auto& file : files_in("good")) {
        EXPECT_EQ(rendered(load_named(file)), "") << file;
        EXPECT_EQ(schema_refusal(file), "") << file;
    }
}

TEST(Corpus, BadFilesAreRefusedInTheWordsThatStandBesideThem) {
    for (const auto& file : files_in("bad")) {
        auto expected_file = file;
        expected_file.replace_extension(".expected");
        const std::string got = rendered(load_named(file));
        EXPECT_NE(got, "") << file;
        if (std::getenv("TOUCHLINE_UPDATE") != nullptr) std::ofstream(expected_file) << got;
        EXPECT_EQ(got, read_text_file(expected_file).value_or("(no such file)")) << file;
    }
}

TEST(Corpus, TheSchemaRefusesWhatTheParserRefusesUnlessOnlyTheWholeCanTell) {
    for (const auto& file : files_in("bad")) {
        const std::string text = *read_text_file(file);
        if (text.starts_with("# not YAML")) {
            EXPECT_FALSE(read_yaml(text, "file.yaml")) << file;
        } else if (text.starts_with("# the schema accepts this")) {
            EXPECT_EQ(schema_refusal(file), "") << file;
        } else {
            EXPECT_NE(schema_refusal(file), "") << file;
        }
    }
}

}  // namespace
}  // namespace touchline::config
