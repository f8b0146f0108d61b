#include "touchline/sdk/testing/mini_json.hpp"

#include <gtest/gtest.h>

namespace touchline::sdk::testing {
namespace {

TEST(MiniJson, FindsValuesByPointer) {
    const auto json = MiniJson::parse(
        R"({"a/b": [1, {"c": "x\u00e9\ud83d\ude00\n"}], "n": null, "t": true, "d": 1.5})"
    );
    ASSERT_TRUE(json);
    EXPECT_EQ(json->find("/a~1b/1/c")->text, "x\u00e9\U0001F600\n");
    EXPECT_EQ(json->find("/a~1b/0")->kind, TL_JSON_INTEGER);
    EXPECT_EQ(json->find("/n")->kind, TL_JSON_NULL);
    EXPECT_EQ(json->find("/t")->kind, TL_JSON_BOOLEAN);
    EXPECT_EQ(json->find("/d")->text, "1.5");
    EXPECT_EQ(json->find("")->kind, TL_JSON_OBJECT);
    EXPECT_EQ(json->find("/a~1b/2"), nullptr);
    EXPECT_EQ(json->find("/a~1b/x"), nullptr);
}

TEST(MiniJson, RefusesWhatIsNotJson) {
    for (const char* text :
         {"", "{", "[1,]", R"({"a" 1})", "tru", R"("\x")", R"("\u12")", "1 2", "\"open"}) {
        EXPECT_FALSE(MiniJson::parse(text)) << text;
    }
    EXPECT_FALSE(MiniJson::parse(std::string(100'000, '[')));
}

}  // namespace
}  // namespace touchline::sdk::testing
