#include "characters.hpp"
#include "fingerprint.hpp"
#include "json_check.hpp"

#include <gtest/gtest.h>

namespace file_connector {
namespace {

TEST(Characters, KnowsWellFormedUtf8) {
    for (const std::string good :
         {"", "abc", "\u00e9\u20ac\U0001F600", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf"}) {
        EXPECT_TRUE(is_utf8(good)) << good;
    }
    for (const std::string bad :
         {"\x80",
          "\xc0\xaf",
          "\xc3",
          "\xe0\x80\xaf",
          "\xed\xa0\x80",
          "\xf4\x90\x80\x80",
          "\xff",
          "a\xe2\x82"}) {
        EXPECT_FALSE(is_utf8(bad)) << bad;
    }
}

TEST(Characters, ConvertsLatin1) {
    EXPECT_EQ(latin1_to_utf8("caf\xe9 \xa3"), "caf\u00e9 \u00a3");
}

TEST(JsonCheck, AcceptsObjectsOnly) {
    for (const char* good :
         {"{}", R"( {"a": [1, -0.5e+3, true, null, "x\u00e9\n"], "b": {"c": []}} )", "{\"a\":0}"}) {
        EXPECT_TRUE(is_json_object(good)) << good;
    }
    for (const char* bad :
         {"",
          "[]",
          "1",
          "{",
          "{\"a\"}",
          "{\"a\":}",
          "{\"a\":1,}",
          "{\"a\":01}",
          "{\"a\":1.}",
          "{\"a\":\"\t\"}",
          "{\"a\":\"\\x\"}",
          "{\"a\":\"\\u12g4\"}",
          "{} {}",
          "{a:1}",
          "{\"a\":tru}"}) {
        EXPECT_FALSE(is_json_object(bad)) << bad;
    }
    EXPECT_FALSE(is_json_object("{\"a\":" + std::string(100'000, '[')));
}

TEST(Fingerprint, SurvivesTheWayThroughText) {
    const std::vector<Fingerprint> list{
        0, 1, 0xffffffffffffU, fingerprint_of_text("a"), fingerprint_of_text("b")};
    EXPECT_EQ(fingerprints_from(to_text(list)), list);
    EXPECT_EQ(to_text(list).size(), list.size() * 8);
    EXPECT_TRUE(fingerprints_from("????????").empty());
}

TEST(Fingerprint, DiffersForNamesThatAreAlike) {
    EXPECT_NE(fingerprint_of_text("file-1.csv\n10\n1"), fingerprint_of_text("file-2.csv\n10\n1"));
}

}  // namespace
}  // namespace file_connector
