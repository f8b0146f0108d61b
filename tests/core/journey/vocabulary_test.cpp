#include "touchline/journey/vocabulary.hpp"

#include "touchline/config/yaml.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace touchline::journey {
namespace {

Result<Vocabulary> read(const std::string& yaml) {
    const auto node = config::read_yaml(yaml, "phases.yaml");
    if (!node) return node.error();
    return Vocabulary::read(*node);
}

TEST(Vocabulary, OfTheFileIsTheStandardOne) {
    const auto node = config::read_yaml_file(
        std::filesystem::path(TOUCHLINE_SOURCE_DIR) / "config" / "phases" / "eight.yaml"
    );
    ASSERT_TRUE(node) << node.error().text();
    const auto read = Vocabulary::read(*node);
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read->phases(), Vocabulary::standard().phases());
    EXPECT_EQ(read->rules(), Vocabulary::standard().rules());
}

TEST(Vocabulary, EveryShippedFileIsOne) {
    const auto folder = std::filesystem::path(TOUCHLINE_SOURCE_DIR) / "config" / "phases";
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        const auto node = config::read_yaml_file(file.path());
        ASSERT_TRUE(node) << node.error().text();
        const auto read = Vocabulary::read(*node);
        EXPECT_TRUE(read) << read.error().text();
    }
}

TEST(Vocabulary, SaysWhatIsWrongAndWhere) {
    const auto message = [](const std::string& yaml) {
        const auto vocabulary = read(yaml);
        return vocabulary ? std::string("fine") : vocabulary.error().text();
    };
    EXPECT_NE(message("phases: []\nrules: []").find("needs the list `phases`"), std::string::npos);
    const auto unknown = read("phases: [{id: a, name: A, stage: pre}]\nrules: []");
    EXPECT_EQ(unknown.error().place()->line, 1);
    EXPECT_NE(unknown.error().text().find("not a stage"), std::string::npos);
    const std::string one = "phases: [{id: a, name: A, stage: purchase}]\n";
    EXPECT_NE(
        message(one + "rules: [{kind: call, phase: b}]").find("no phase \"b\""), std::string::npos
    );
    EXPECT_NE(
        message(one + "rules: [{kind: call, phase: a, when: raining}]").find("not a condition"),
        std::string::npos
    );
    EXPECT_NE(
        message("phases: [{id: a, name: A, stage: purchase}, {id: a, name: B, stage: purchase}]\n"
                "rules: [{kind: call, phase: a}]")
            .find("given twice"),
        std::string::npos
    );
    EXPECT_EQ(message(one + "rules: [{kind: call, phase: a, when: first}]"), "fine");
}

}  // namespace
}  // namespace touchline::journey
