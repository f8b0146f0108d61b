#include "touchline/sdk/csv.hpp"

#include <gtest/gtest.h>

namespace touchline::sdk {
namespace {

using Cells = std::vector<std::string>;

CsvRow whole(std::string_view text) {
    return split_row(text, ',', true);
}

TEST(Csv, SplitsARowIntoCells) {
    const CsvRow row = split_row("a,b c,,d\r\nnext", ',', false);
    EXPECT_EQ(row.end, RowEnd::complete);
    EXPECT_EQ(row.cells, (Cells{"a", "b c", "", "d"}));
    EXPECT_EQ(row.length, 10u);
}

TEST(Csv, KeepsDelimitersLineEndsAndQuotesInsideQuotes) {
    const CsvRow row =
        split_row("\"a,b\",\"line\r\nline\",\"say \"\"hi\"\"\",\"\"\nnext", ',', false);
    EXPECT_EQ(row.end, RowEnd::complete);
    EXPECT_EQ(row.cells, (Cells{"a,b", "line\r\nline", "say \"hi\"", ""}));
}

TEST(Csv, NeedsNoLineEndAfterTheLastRow) {
    EXPECT_EQ(whole("a,b").cells, (Cells{"a", "b"}));
    EXPECT_EQ(whole("a,b\r").cells, (Cells{"a", "b"}));
    EXPECT_EQ(whole("a,").cells, (Cells{"a", ""}));
    EXPECT_EQ(whole("a,\"b\"").cells, (Cells{"a", "b"}));
    EXPECT_EQ(whole("a,\"b\"\r").end, RowEnd::complete);
}

TEST(Csv, WaitsForTheRestOfARow) {
    for (const std::string text :
         {"", "a", "a,b\r", "a,\"b", "a,\"b\"", "a,\"b\"\"", "a,\"b\"\r", "a,\"b\n"}) {
        EXPECT_EQ(split_row(text, ',', false).end, RowEnd::open) << text;
    }
    EXPECT_EQ(whole("a,\"b").end, RowEnd::open);
}

TEST(Csv, GivesUpARowWithTextAfterAClosingQuote) {
    const CsvRow row = split_row("\"a\"b,c\nnext,row\n", ',', false);
    EXPECT_EQ(row.end, RowEnd::bad);
    EXPECT_EQ(row.length, 7u);
    EXPECT_EQ(row.reason, "there is text between a closing quote and the next delimiter");
}

TEST(Csv, TakesAQuoteInsideAnUnquotedCellAsItself) {
    EXPECT_EQ(whole("5\" disk,b").cells, (Cells{"5\" disk", "b"}));
}

TEST(Csv, KnowsOtherDelimiters) {
    EXPECT_EQ(split_row("a;b,c\n", ';', false).cells, (Cells{"a", "b,c"}));
    EXPECT_EQ(split_row("a\tb\n", '\t', false).cells, (Cells{"a", "b"}));
}

TEST(Csv, KeepsACarriageReturnThatEndsNoLine) {
    EXPECT_EQ(split_row("a\rb,c\r,d\n", ',', false).cells, (Cells{"a\rb", "c\r", "d"}));
}

}  // namespace
}  // namespace touchline::sdk
