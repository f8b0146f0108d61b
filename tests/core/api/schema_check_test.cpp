#include "schema_check.hpp"

#include <gtest/gtest.h>

namespace touchline::testing_support {
namespace {

std::size_t problems(std::string_view schema, std::string_view value) {
    const auto wanted = json::Document::parse(schema);
    const auto given = json::Document::parse(value);
    EXPECT_TRUE(wanted && given);
    return SchemaCheck(wanted->root()).check(wanted->root(), given->root()).size();
}

TEST(SchemaCheck, FindsWhatDoesNotFit) {
    constexpr std::string_view k_schema = R"({"type":"object","required":["a"],
        "properties":{"a":{"type":["integer","null"]},"b":{"enum":["x","y"]}},
        "additionalProperties":false})";
    EXPECT_EQ(problems(k_schema, R"({"a":null,"b":"y"})"), 0U);
    EXPECT_EQ(problems(k_schema, R"({"a":1.5})"), 1U);
    EXPECT_EQ(problems(k_schema, R"({"b":"z"})"), 2U);
    EXPECT_EQ(problems(k_schema, R"({"a":1,"c":1})"), 1U);
    EXPECT_EQ(problems(k_schema, "[]"), 2U);
}

TEST(SchemaCheck, FollowsReferencesAndAlternatives) {
    constexpr std::string_view k_schema =
        R"({"items":{"oneOf":[{"$ref":"#/one"},{"const":2}]},"title":"","one":{"type":"string"}})";
    EXPECT_EQ(problems(R"({"items":{"oneOf":[{"type":"string"},{"const":2}]}})", R"(["a",2])"), 0U);
    EXPECT_EQ(problems(R"({"items":{"oneOf":[{"type":"string"},{"const":2}]}})", R"([3])"), 1U);
    const auto document = json::Document::parse(k_schema);
    const auto value = json::Document::parse(R"(["a",2,3])");
    const auto schema = document->root().get("items");
    const SchemaCheck check(document->root());
    EXPECT_EQ(check.check(*schema, *value->root().at(0)).size(), 0U);
    EXPECT_EQ(check.check(*schema, *value->root().at(2)).size(), 1U);
}

TEST(SchemaCheck, DoesNotPassOverWhatItDoesNotKnow) {
    EXPECT_EQ(problems(R"({"minLength":3})", R"("ab")"), 1U);
}

}  // namespace
}  // namespace touchline::testing_support
