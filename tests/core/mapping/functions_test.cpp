#include "touchline/mapping/functions.hpp"

#include "touchline/mapping/expression.hpp"

#include <gtest/gtest.h>

namespace touchline::mapping {
namespace {

std::string evaluate(std::string_view expression, std::string_view input = "{}") {
    const auto compiled = Expression::compile(expression);
    if (!compiled) return compiled.error().message();
    const auto document = json::Document::parse(input);
    const auto result = compiled->evaluate(document->root());
    return result ? *result : result.error().message();
}

TEST(Functions, DoWhatTheirDocumentationShows) {
    for (const FunctionDoc& doc : functions()) {
        EXPECT_FALSE(doc.summary.empty()) << doc.name;
        EXPECT_TRUE(doc.signature.starts_with(std::string(doc.name) + "(")) << doc.name;
        if (doc.example.empty()) continue;
        EXPECT_EQ(evaluate(doc.example), doc.result) << doc.name;
    }
}

TEST(Functions, PassNullOnSoThatMissingMembersStayMissing) {
    for (const char* call :
         {"truncate(a, 5)",
          "lower(a)",
          "time(a)",
          "from_unix(a)",
          "money(a, 'EUR')",
          "phone(a)",
          "format('{}', a)",
          "strip_html(a)",
          "split(a, ',')",
          "money('1', a)"}) {
        EXPECT_EQ(evaluate(call), "null") << call;
    }
}

TEST(Time, ReadsTheFormsThatSystemsWrite) {
    const std::string expected = "\"2026-10-02T07:14:00Z\"";
    for (const char* text :
         {"2026-10-02T07:14:00Z",
          "2026-10-02T09:14:00+02:00",
          "2026-10-02T07:14:00.000+0000",
          "2026-10-02 07:14:00",
          "2026-10-02 07:14",
          "2026-10-02T07:14:00",
          "2026-10-02 09:14:00 +0200",
          " 2026-10-02T07:14Z "}) {
        EXPECT_EQ(evaluate("time('" + std::string(text) + "')"), expected) << text;
    }
    EXPECT_EQ(evaluate("time('2026-10-02')"), "\"2026-10-02T00:00:00Z\"");
    EXPECT_EQ(evaluate("time('2026-10-02 09:14', null, '+02:00')", R"({"null": null})"), expected);
    EXPECT_EQ(
        evaluate("time('Fri, 02 Oct 2026 09:14:00 +0200', '%a, %d %b %Y %H:%M:%S %z')"), expected
    );
    EXPECT_EQ(evaluate("time('10/2/26 7:14 AM', '%m/%d/%y %I:%M %p')"), expected);
    EXPECT_EQ(evaluate("time('2 October 2026 07:14', '%e %B %Y %H:%M')"), expected);
    EXPECT_EQ(evaluate("from_unix('1790932440')"), "\"2026-10-02T09:14:00Z\"");
    EXPECT_EQ(evaluate("add_seconds('2026-10-02T07:13:30Z', 30)"), expected);
}

TEST(Time, RefusesWhatIsNone) {
    for (const char* text :
         {"tomorrow",
          "2026-13-01",
          "2026-02-30",
          "0000-01-01T00:00:00Z",
          "2026-10-02T25:00:00Z",
          "10000-01-01T00:00:00Z",
          "2026-10-02T07:14:00+99:00",
          "1790932440"}) {
        EXPECT_EQ(
            evaluate("time('" + std::string(text) + "')"),
            "time(): \"" + std::string(text) + "\" is not a time (invalid-value)"
        );
    }
    EXPECT_EQ(
        evaluate("from_unix(`1e30`)"),
        "from_unix(): 1e+30 is outside the years 1 to 9999 (invalid-value)"
    );
    EXPECT_EQ(
        evaluate("add_seconds('9999-12-31T23:59:59Z', 2)"),
        "add_seconds(): the result is outside the years 1 to 9999 (invalid-value)"
    );
    EXPECT_EQ(
        evaluate("time('02.10.2026', '%d/%m/%Y')"),
        "time(): \"02.10.2026\" is not a time of the form \"%d/%m/%Y\" (invalid-value)"
    );
    EXPECT_EQ(
        evaluate("time('2026-10-02', '%F', 'CET')"),
        "time(): \"CET\" is not a zone offset like \"+02:00\" (invalid-value)"
    );
}

TEST(Money, ReadsEitherDecimalMarkWithoutLosingACent) {
    const auto value = [](std::string_view text) {
        return evaluate("money('" + std::string(text) + "', 'EUR').value");
    };
    EXPECT_EQ(value("1.234,56"), "\"1234.56\"");
    EXPECT_EQ(value("1,234.56"), "\"1234.56\"");
    EXPECT_EQ(value("1 234,56"), "\"1234.56\"");
    EXPECT_EQ(value("1.234.567"), "\"1234567\"");
    EXPECT_EQ(value("€ 12,50"), "\"12.50\"");
    EXPECT_EQ(value("12.50 USD"), "\"12.50\"");
    EXPECT_EQ(value("-3"), "\"-3\"");
    EXPECT_EQ(value("(12.00)"), "\"-12.00\"");
    EXPECT_EQ(value("0.125"), "\"0.125\"");
    EXPECT_EQ(value(".5"), "\"0.5\"");
    EXPECT_EQ(value("123456789012345.67"), "\"123456789012345.67\"");
    EXPECT_EQ(evaluate("money(`1999`, 'eur', 2)"), R"({"value":"19.99","currency":"EUR"})");
    EXPECT_EQ(evaluate("money(`-5`, 'eur', 2).value"), "\"-0.05\"");
    EXPECT_EQ(evaluate("money('1999', 'jpy', 0).value"), "\"1999\"");
    EXPECT_EQ(evaluate("money(`19.990000000000002`, 'eur').value"), "\"19.99\"");
}

TEST(Money, RefusesWhatCouldBeTwoAmountsOrNone) {
    EXPECT_EQ(
        evaluate("money('1.234', 'EUR')"),
        "money(): \"1.234\" could be 1234 or 1.234; take the mark that groups thousands out first, "
        "as in "
        "replace(total, ',', '') (invalid-value)"
    );
    for (const char* text : {"abc", "1.2.3", "1,23,4", "12:30", "1.234,56.7"}) {
        EXPECT_EQ(
            evaluate("money('" + std::string(text) + "', 'EUR')"),
            "money(): \"" + std::string(text) + "\" is not an amount (invalid-value)"
        );
    }
}

TEST(Text, StripsQuotesAndMarkup) {
    EXPECT_EQ(
        evaluate(
            "strip_quotes(@)",
            R"("Thanks!\n\nOn Fri, 2 Oct 2026 at 09:14, Bo\n<bo@acme.example> wrote:\n> Hello\n> again\n")"
        ),
        "\"Thanks!\""
    );
    EXPECT_EQ(evaluate("strip_quotes(@)", R"("New\n-----Original Message-----\nOld")"), "\"New\"");
    EXPECT_EQ(
        evaluate(
            "strip_html(@)",
            R"("<style>p{}</style><p>One &lt; <b>two</b></p><p>Caf&#233;<br>bar</p>a < b & c")"
        ),
        R"("One < two\nCafé\nbar\na < b & c")"
    );
    EXPECT_EQ(evaluate("first_line(@)", R"("\n  \n one \ntwo")"), "\"one\"");
    EXPECT_EQ(evaluate("phone('+351 555 0100 x12')"), "\"+3515550100\"");
    EXPECT_EQ(evaluate("format('{{{}}}', 'a')"), "\"{a}\"");
    EXPECT_EQ(
        evaluate("format('{} {}', 'a')"), "format(): there are 2 {} for 1 values (invalid-value)"
    );
}

TEST(Evaluation, StopsWhatGrowsBeyondAllMeasure) {
    std::string doubling = "[@,@]";
    for (int i = 0; i < 60; ++i) doubling += "|[@,@]";
    EXPECT_EQ(evaluate(doubling), "the result is larger than 16 MiB (invalid-value)");
    EXPECT_EQ(
        evaluate("(" + doubling + ") == (" + doubling + ")"),
        "this compares too much (invalid-value)"
    );
    std::string flattening = "[@,@]";
    for (int i = 0; i < 60; ++i) flattening += "|[@,@][]";
    EXPECT_NE(evaluate(flattening).find("(invalid-value)"), std::string::npos);
}

}  // namespace
}  // namespace touchline::mapping
