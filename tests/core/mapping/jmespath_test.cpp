// Runs every case of jmespath/*.json. The files have the shape of JMESPath's public compliance
// suite, so that the suite itself can be dropped in: [{"given": …, "cases": [{"expression": …,
// "result": … or "error": "syntax"}]}]
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/mapping/expression.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace touchline::mapping {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

// JSON with the members of objects in order and numbers as doubles: equal texts are equal values.
std::string canonical(json::View value) {
    switch (value.kind()) {
        case json::Kind::integer:
        case json::Kind::number: {
            std::string text;
            json::append_number(text, *value.as_double());
            return text;
        }
        case json::Kind::array: {
            std::string text = "[";
            for (const json::View element : value.elements()) text += canonical(element) + ",";
            return text + "]";
        }
        case json::Kind::object: {
            std::map<std::string, std::string> members;
            for (const json::Member member : value.members()) {
                members[std::string(member.key)] = canonical(member.value);
            }
            std::string text = "{";
            for (const auto& [key, member] : members) text += key + ":" + member + ",";
            return text + "}";
        }
        default:
            return value.text();
    }
}

struct Outcome {
    std::string result;  // canonical
    std::string error;   // message
};

Outcome evaluate(std::string_view expression, json::View given) {
    const auto compiled = Expression::compile(expression);
    if (!compiled) {
        EXPECT_GE(compiled.error().place()->column, 1);
        return {{}, compiled.error().message()};
    }
    const auto text = compiled->evaluate(given);
    if (!text) return {{}, text.error().message()};
    const auto document = json::Document::parse(*text);
    if (!document) return {{}, "not JSON: " + *text};
    return {canonical(document->root()), {}};
}

void run_case(json::View given, json::View test) {
    const auto expression = *test.get("expression")->as_string();
    SCOPED_TRACE(std::string(expression) + "\n  given " + given.text().substr(0, 300));
    const Outcome outcome = evaluate(expression, given);
    if (const auto error = test.get("error")) {
        const std::string fault = "(" + std::string(*error->as_string()) + ")";
        EXPECT_TRUE(outcome.error.ends_with(fault))
            << "expected " << fault << ", got " << outcome.result << outcome.error;
    } else if (const auto result = test.get("result")) {
        EXPECT_EQ(outcome.error, "");
        EXPECT_EQ(outcome.result, canonical(*result));
    } else {
        EXPECT_EQ(outcome.error, "");
    }
}

TEST(Jmespath, MeetsEveryCaseOfTheSuite) {
    std::size_t cases = 0;
    for (const auto& entry :
         fs::directory_iterator(TOUCHLINE_SOURCE_DIR "/tests/core/mapping/jmespath")) {
        if (entry.path().extension() != ".json") continue;
        SCOPED_TRACE(entry.path().filename().string());
        const auto document = json::Document::parse(read_file(entry.path()));
        ASSERT_TRUE(document) << document.error().text();
        for (const json::View group : document->root().elements()) {
            for (const json::View test : group.get("cases")->elements()) {
                run_case(*group.get("given"), test);
                ++cases;
            }
        }
    }
    EXPECT_GT(cases, 300U);
}

}  // namespace
}  // namespace touchline::mapping
