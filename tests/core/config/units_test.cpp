#include "touchline/config/units.hpp"

#include <gtest/gtest.h>

namespace touchline::config {
namespace {

using namespace std::chrono_literals;

TEST(Duration, AddsUpItsParts) {
    EXPECT_EQ(*parse_duration("250ms"), 250ms);
    EXPECT_EQ(*parse_duration("5m"), 5min);
    EXPECT_EQ(*parse_duration("1h30m"), 90min);
    EXPECT_EQ(*parse_duration("400d"), 400 * 24h);
    EXPECT_EQ(*parse_duration("0s"), 0ms);
}

TEST(Duration, NeedsANumberAndAUnitInEachPart) {
    for (const char* text : {"", "5", "m", "5 m", "-5m", "5m3", "1.5h", "5min", "99999999999w"}) {
        EXPECT_FALSE(parse_duration(text)) << text;
    }
}

TEST(Size, KnowsDecimalAndBinaryUnits) {
    EXPECT_EQ(*parse_size("512B"), 512u);
    EXPECT_EQ(*parse_size("2 MB"), 2'000'000u);
    EXPECT_EQ(*parse_size("64 MiB"), 64u << 20);
    for (const char* text :
         {"", "64", "64 mib", "-1 B", "64  MiB", "99999999999999999999 B", "99999999999999 GiB"}) {
        EXPECT_FALSE(parse_size(text)) << text;
    }
}

TEST(RateText, IsACountAndAPeriod) {
    EXPECT_EQ(*parse_rate("400/min"), (Rate{400, 60s}));
    EXPECT_EQ(*parse_rate("10/s"), (Rate{10, 1s}));
    for (const char* text : {"", "400", "0/s", "400/minute", "/s", "4.5/s", "-1/s"}) {
        EXPECT_FALSE(parse_rate(text)) << text;
    }
}

TEST(Since, TakesADateOrAMoment) {
    EXPECT_EQ(format_rfc3339(*parse_since("2024-01-01")), "2024-01-01T00:00:00Z");
    EXPECT_EQ(format_rfc3339(*parse_since("2024-01-01T08:00:00+02:00")), "2024-01-01T06:00:00Z");
    for (const char* text : {"", "2024", "2024-02-30", "yesterday", "2024-01-01T08:00"}) {
        EXPECT_FALSE(parse_since(text)) << text;
    }
}

TEST(Address, IsAHostAndAPort) {
    for (const char* text :
         {"127.0.0.1:8420", "localhost:0", "[::1]:65535", "touchline.example:443"}) {
        EXPECT_TRUE(check_address(text)) << text;
    }
    for (const char* text :
         {"",
          "8420",
          "localhost",
          ":80",
          "::1:80",
          "a:65536",
          "a:-1",
          "a b:1",
          "[]:1",
          "http://a:1"}) {
        EXPECT_FALSE(check_address(text)) << text;
    }
}

}  // namespace
}  // namespace touchline::config
