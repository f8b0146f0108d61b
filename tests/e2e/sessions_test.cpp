#include "transcript.hpp"

#include <gtest/gtest.h>

namespace touchline::golden {
namespace {

class Terminal : public testing::TestWithParam<std::string> {};

TEST_P(Terminal, PrintsWhatTheSessionSays) {
    expect_session(std::filesystem::path(SESSIONS) / GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Sessions,
    Terminal,
    testing::ValuesIn(sessions_in(SESSIONS)),
    [](const auto& found) { return found.param; }
);

}  // namespace
}  // namespace touchline::golden
