#include "touchline/json/view.hpp"

#include <gtest/gtest.h>

namespace touchline::json {
namespace {

TEST(View, ReadsEveryKind) {
    const auto document = Document::parse(
        R"({"a":null,"b":true,"c":-7,"d":1.5,"e":"x","f":[1,2],"g":{"h":18446744073709551615}})"
    );
    ASSERT_TRUE(document);
    const View root = document->root();
    EXPECT_TRUE(root.get("a")->is_null());
    EXPECT_EQ(root.get("b")->as_bool(), true);
    EXPECT_EQ(root.get("c")->as_int(), -7);
    EXPECT_EQ(root.get("d")->as_double(), 1.5);
    EXPECT_EQ(root.get("e")->as_string(), "x");
    EXPECT_EQ(root.get("f")->at(1)->as_int(), 2);
    EXPECT_EQ(root.get("g")->get("h")->kind(), Kind::number);
    EXPECT_FALSE(root.get("missing").has_value());
    EXPECT_FALSE(root.get("e")->get("x").has_value());
    EXPECT_EQ(root.get("e")->as_int(), std::nullopt);
    EXPECT_EQ(root.size(), 7U);
}

TEST(View, WalksElementsAndMembersInOrder) {
    const auto document = Document::parse(R"({"list":[1,2,3],"empty":[]})");
    std::string seen;
    for (const Member member : document->root().members()) {
        seen.append(member.key).append(":");
        for (const View element : member.value.elements()) seen.append(element.text()).append(",");
        for (const Member none : member.value.members()) seen.append(none.key);
    }
    EXPECT_EQ(seen, "list:1,2,3,empty:");
}

TEST(Parser, SaysWhatIsWrongAndGoesOn) {
    Parser parser;
    for (const char* text : {"", "{", "[1,]", "nul", "{\"a\":1}}", "\"\xff\""}) {
        const auto result = parser.parse(text);
        ASSERT_FALSE(result) << text;
        EXPECT_EQ(result.error().code(), Code::bad_data);
    }
    EXPECT_EQ(parser.parse("7")->as_int(), 7);
}

TEST(Parser, RefusesNestingThatOnlyAnAttackerWrites) {
    const std::string deep(100'000, '[');
    EXPECT_FALSE(Document::parse(deep));
}

TEST(Pointer, FollowsTheExamplesOfRfc6901) {
    const auto document = Document::parse(R"({"foo":["bar","baz"],"":0,"a/b":1,"m~n":8})");
    const View root = document->root();
    EXPECT_EQ(find(root, "")->size(), 4U);
    EXPECT_EQ(find(root, "/foo/0")->as_string(), "bar");
    EXPECT_EQ(find(root, "/")->as_int(), 0);
    EXPECT_EQ(find(root, "/a~1b")->as_int(), 1);
    EXPECT_EQ(find(root, "/m~0n")->as_int(), 8);
    EXPECT_FALSE(find(root, "/foo/2").has_value());
    EXPECT_FALSE(find(root, "/foo/x").has_value());
    EXPECT_FALSE(find(root, "foo").has_value());
}

}  // namespace
}  // namespace touchline::json
