#include "touchline/json/records.hpp"

#include <gtest/gtest.h>

namespace touchline::json {
namespace {

using Texts = std::vector<std::string_view>;

TEST(SplitRecords, KeepsEveryByteOfARecord) {
    EXPECT_EQ(
        *split_records(R"( [ {"a": [1, "]"]} , 7,"x\"]", [] , null ] )", ""),
        (Texts{R"({"a": [1, "]"]})", "7", R"("x\"]")", "[]", "null"})
    );
    EXPECT_EQ(
        *split_records(R"({"count":2,"items":[{"id":"1"},{"id":"2"}]})", "/items"),
        (Texts{R"({"id":"1"})", R"({"id":"2"})"})
    );
    EXPECT_EQ(*split_records(R"([{"d":{"r":[1]}},{"d":{"r":[2]}}])", "/1/d/r"), (Texts{"2"}));
    EXPECT_EQ(*split_records(R"({"a/b":{"\u0063~d":[3]}})", "/a~1b/c~0d"), (Texts{"3"}));
}

TEST(SplitRecords, TakesASingleValueAsOneRecord) {
    EXPECT_EQ(*split_records(R"({"id":1} )", ""), (Texts{R"({"id":1})"}));
    EXPECT_EQ(*split_records("\xEF\xBB\xBF{\"id\":1}", ""), (Texts{R"({"id":1})"}));
    EXPECT_TRUE(split_records("[]", "")->empty());
}

TEST(SplitRecords, SaysWhatIsMissing) {
    EXPECT_FALSE(split_records("{\"items\":[", "/items"));
    const auto nothing = split_records("{\"items\":[]}", "/results");
    ASSERT_FALSE(nothing);
    EXPECT_EQ(
        nothing.error().text(), "there is nothing at \"/results\", where the records should be"
    );
}

TEST(SplitLines, LeavesOutEmptyLinesAndLineEnds) {
    EXPECT_EQ(split_lines("{\"a\":1}\r\n\n  \n{\"a\":2}"), (Texts{"{\"a\":1}", "{\"a\":2}"}));
    EXPECT_TRUE(split_lines("").empty());
}

}  // namespace
}  // namespace touchline::json
