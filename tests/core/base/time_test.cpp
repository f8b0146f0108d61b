#include "touchline/base/time.hpp"

#include <gtest/gtest.h>

namespace touchline {
namespace {

std::string normal(std::string_view text) {
    const auto time = parse_rfc3339(text);
    return time ? format_rfc3339(*time) : "refused";
}

TEST(Rfc3339, ReadsEveryFormOfTheStandard) {
    EXPECT_EQ(normal("2026-10-02T09:14:00Z"), "2026-10-02T09:14:00Z");
    EXPECT_EQ(normal("2026-10-02 09:14:00z"), "2026-10-02T09:14:00Z");
    EXPECT_EQ(normal("2026-10-02T09:14:00+02:00"), "2026-10-02T07:14:00Z");
    EXPECT_EQ(normal("2026-01-01T00:30:00+05:30"), "2025-12-31T19:00:00Z");
    EXPECT_EQ(normal("2026-10-02T09:14:00.25-01:00"), "2026-10-02T10:14:00.250000Z");
    EXPECT_EQ(normal("2026-10-02T09:14:00.123456789Z"), "2026-10-02T09:14:00.123456Z");
    EXPECT_EQ(normal("2024-02-29T00:00:00Z"), "2024-02-29T00:00:00Z");
    EXPECT_EQ(normal("9999-12-31T23:59:59Z"), "9999-12-31T23:59:59Z");
    EXPECT_EQ(normal("0001-01-01T00:00:00Z"), "0001-01-01T00:00:00Z");
}

TEST(Rfc3339, RefusesWhatIsNoTime) {
    for (const char* text :
         {"",
          "tomorrow",
          "2026-10-02",
          "2026-10-02T09:14:00",
          "2026-13-01T00:00:00Z",
          "2026-02-29T00:00:00Z",
          "0000-01-01T00:00:00Z",
          "2026-10-02T24:00:00Z",
          "2026-10-02T09:14Z",
          "2026-10-02T09:14:00.Z",
          "2026-10-02T09:14:00+25:00",
          "2026-10-02T09:14:00Z ",
          "02/10/2026"}) {
        EXPECT_EQ(normal(text), "refused") << text;
    }
}

TEST(ManualClock, StandsStillUntilTold) {
    ManualClock clock(*parse_rfc3339("2026-01-01T00:00:00Z"));
    EXPECT_EQ(format_rfc3339(clock.now()), "2026-01-01T00:00:00Z");
    clock.advance(std::chrono::minutes(5));
    EXPECT_EQ(format_rfc3339(clock.now()), "2026-01-01T00:05:00Z");
}

}  // namespace
}  // namespace touchline
