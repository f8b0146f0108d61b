#include "touchline/json/writer.hpp"

#include "touchline/json/view.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace touchline::json {
namespace {

TEST(Writer, LooksAfterCommasAndNesting) {
    Writer writer;
    writer.begin_object()
        .member("a", 1)
        .key("b")
        .begin_array()
        .value("x")
        .null()
        .value(true)
        .begin_object()
        .end_object();
    writer.end_array().member_unless_empty("c", "").member("d", 1.5).end_object();
    EXPECT_EQ(writer.take(), R"({"a":1,"b":["x",null,true,{}],"d":1.5})");
}

TEST(Writer, EscapesSoThatEveryTextReadsBack) {
    const std::string text("quote \" backslash \\ tab \t line \n nul \0 é 🏟", 46);
    Writer writer;
    writer.value(text);
    const auto read = Document::parse(writer.text());
    ASSERT_TRUE(read) << writer.text();
    EXPECT_EQ(read->root().as_string(), text);
}

TEST(Writer, NeverWritesBytesThatAreNotUtf8) {
    Writer writer;
    writer.value("caf\xE9");
    EXPECT_EQ(writer.take(), "\"caf\xEF\xBF\xBD\"");
}

TEST(Writer, WritesTheShortestNumberThatReadsBack) {
    const auto text = [](double number) {
        std::string out;
        append_number(out, number);
        return out;
    };
    EXPECT_EQ(text(0.1), "0.1");
    EXPECT_EQ(text(3), "3");
    EXPECT_EQ(text(-1e21), "-1e+21");
    EXPECT_EQ(text(std::numeric_limits<double>::quiet_NaN()), "null");
}

}  // namespace
}  // namespace touchline::json
