#include "touchline/config/yaml.hpp"

#include <gtest/gtest.h>

namespace touchline::config {
namespace {

std::string json_of(std::string_view yaml) {
    const auto node = read_yaml(yaml, "file.yaml");
    return node ? node->to_json() : "error: " + node.error().text();
}

std::string error_of(std::string_view yaml) {
    const auto node = read_yaml(yaml, "file.yaml");
    if (node) return "no error";
    const Place place = node.error().place().value_or(Place{});
    return std::to_string(place.line) + ":" + std::to_string(place.column) + " " +
           node.error().text();
}

TEST(Yaml, ReadsScalarsListsAndMappings) {
    EXPECT_EQ(
        json_of("a: 1\nb: [x, '5', ~, true]\nc: {d: 1.5}"),
        R"({"a":1,"b":["x","5",null,true],"c":{"d":1.5}})"
    );
    EXPECT_EQ(
        json_of("a: |\n  two\n  lines\nb: >-\n  folded\n  text"),
        R"({"a":"two\nlines\n","b":"folded text"})"
    );
    EXPECT_EQ(json_of(""), "null");
    EXPECT_EQ(json_of("{\"a\":\t[1, \"\\u00e9\"]}"), R"({"a":[1,"é"]})");
}

TEST(Yaml, KeepsWordsThatOlderVersionsTookForBooleans) {
    EXPECT_EQ(
        json_of("[yes, NO, on, 0x1F, 012, 2024-01-01]"),
        R"(["yes","NO","on","0x1F","012","2024-01-01"])"
    );
}

TEST(Yaml, RemembersWhereEverythingStood) {
    const auto node = read_yaml("a: 1\nšéf:\n  - {b: \"ü\", c: 2}\n", "file.yaml");
    ASSERT_TRUE(node);
    const auto& [key, list] = node->members[1];
    EXPECT_EQ(key.place().line, 2);
    EXPECT_EQ(key.place().column, 1);
    const json::Node* c = list.items[0].get("c");
    EXPECT_EQ(c->place().line, 3);
    EXPECT_EQ(c->place().column, 17);
    EXPECT_EQ(c->place().file, "file.yaml");
}

TEST(Yaml, CountsColumnsInCharactersAfterAByteOrderMark) {
    EXPECT_EQ(
        error_of("\xEF\xBB\xBF"
                 "é: *x"),
        "1:4 this alias names nothing that was marked before"
    );
}

TEST(Yaml, ExpandsAliases) {
    EXPECT_EQ(json_of("a: &x {b: [1]}\nc: *x"), R"({"a":{"b":[1]},"c":{"b":[1]}})");
}

TEST(Yaml, StopsAnAliasBombBeforeItGrows) {
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 10; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int k = 0; k < 9; ++k) bomb += ", " + before;
        bomb += "]\n";
    }
    EXPECT_EQ(error_of(bomb).substr(0, 1), "5");
    EXPECT_NE(error_of(bomb).find("200,000 values"), std::string::npos);
}

TEST(Yaml, StopsALongTextThatIsRepeatedByAliases) {
    std::string bomb = "a: &a " + std::string(1 << 20, 'x') + "\nb: [*a";
    for (int i = 0; i < 20; ++i) bomb += ", *a";
    EXPECT_NE(error_of(bomb + "]").find("16 MiB"), std::string::npos);
}

TEST(Yaml, StopsDeepNesting) {
    const std::string deep = std::string(120, '[') + std::string(120, ']');
    EXPECT_NE(error_of(deep).find("100 levels"), std::string::npos);
    const std::string bottomless = std::string(100'000, '[') + std::string(100'000, ']');
    EXPECT_NE(error_of(bottomless), "no error");
}

TEST(Yaml, RefusesAKeyGivenTwice) {
    EXPECT_EQ(error_of("a: 1\nb: 2\na: 3"), "3:1 the key \"a\" is given twice (first in line 1)");
    EXPECT_EQ(error_of("{a: 1, \"a\": 2}"), "1:8 the key \"a\" is given twice (first in line 1)");
}

TEST(Yaml, RefusesSeveralDocuments) {
    EXPECT_EQ(error_of("a: 1\n---\nb: 2"), "2:1 a second document begins here");
    EXPECT_EQ(error_of("- a\nb: 2"), "2:1 this does not belong to what stands above it");
    EXPECT_EQ(json_of("---\na: 1\n...\n"), R"({"a":1})");
}

TEST(Yaml, RefusesBytesThatAreNotText) {
    EXPECT_EQ(error_of("a: 1\nb: x\xFF"), "2:1 this line is not UTF-8");
    EXPECT_EQ(error_of(std::string_view("a: 1\nb: \0", 9)), "2:4 a NUL byte stands here");
}

TEST(Yaml, SaysWhatAQuestionMarkMeansBetweenBraces) {
    for (const char* text :
         {"a: {b: =x ?}\n",
          "a: {b: c?}\n",
          "a: [b, ?]\n",
          "a: {value: =tickets[?status == 'x'].id}\n"}) {
        const auto node = read_yaml(text, "x.yaml");
        ASSERT_FALSE(node) << text;
        EXPECT_EQ(node.error().message(), "a \"?\" between braces or brackets begins a key in YAML")
            << text;
        EXPECT_EQ(node.error().place()->line, 1);
        EXPECT_GT(node.error().place()->column, 4);
    }
    EXPECT_TRUE(read_yaml("a: {b: \"=tickets[?open]\", c: d}\nb: =x[?y]\n", "x.yaml"));
}

TEST(Yaml, RefusesAQuoteThatOnlyTheEndOfTheFileCloses) {
    EXPECT_EQ(error_of("a: 1\nb: \"x\n"), "2:4 the closing quote is missing");
    EXPECT_EQ(error_of("a: 'it''s\n"), "1:4 the closing quote is missing");
    EXPECT_EQ(json_of("a: 'it''s'\nb: \"\\\"\""), R"({"a":"it's","b":"\""})");
}

TEST(YamlFile, ThatIsMissingIsNotFound) {
    EXPECT_EQ(read_yaml_file("/nowhere/touchline.yaml").error().code(), Code::not_found);
    EXPECT_EQ(read_yaml_file("/tmp").error().code(), Code::config);
}

}  // namespace
}  // namespace touchline::config
