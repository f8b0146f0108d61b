#include "touchline/config/problem.hpp"

#include <gtest/gtest.h>

namespace touchline::config {
namespace {

Problem problem(int line, int column, int length) {
    return {
        Severity::error,
        {"a.yaml", line, column},
        length,
        "unknown key \"shedule\"",
        "did you mean \"schedule\"?",
        ""};
}

TEST(Render, ShowsPlaceLineCaretAndCure) {
    EXPECT_EQ(
        render(problem(2, 3, 7), "x: 1\n  shedule: 5m\n"),
        "a.yaml:2:3  error  unknown key \"shedule\"\n"
        "   2 |   shedule: 5m\n"
        "     |   ^^^^^^^ did you mean \"schedule\"?\n"
    );
}

TEST(Render, KeepsTheCaretUnderItsWordWhateverStandsBefore) {
    EXPECT_EQ(
        render(problem(1, 5, 3), "\tžü shedule"),
        "a.yaml:1:5  error  unknown key \"shedule\"\n"
        "   1 | \tžü shedule\n"
        "     | \t   ^^^ did you mean \"schedule\"?\n"
    );
}

TEST(Render, EndsTheCaretWithTheLine) {
    EXPECT_EQ(
        render(problem(1234, 2, 90), std::string(1233, '\n') + "abc"),
        "a.yaml:1234:2  error  unknown key \"shedule\"\n"
        "  1234 | abc\n"
        "       |  ^^ did you mean \"schedule\"?\n"
    );
}

TEST(Render, DoesWithoutALine) {
    Problem missing =
        to_problem(Error(Code::not_found, "there is no file a.yaml").cure("Run touchline init."));
    EXPECT_EQ(render(missing, ""), "error  there is no file a.yaml\n     | run touchline init\n");
    missing.severity = Severity::warning;
    missing.cure.clear();
    EXPECT_EQ(render(missing, ""), "warning  there is no file a.yaml\n");
}

}  // namespace
}  // namespace touchline::config
