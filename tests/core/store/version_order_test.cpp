#include "touchline/store/version_order.hpp"

#include <gtest/gtest.h>

namespace touchline::store {
namespace {

TEST(VersionOrder, ComparesWholeNumbersAsNumbers) {
    EXPECT_TRUE(is_older("9", "10"));
    EXPECT_FALSE(is_older("10", "9"));
    EXPECT_FALSE(is_older("007", "7"));
    EXPECT_TRUE(is_older("99999999999999999999", "100000000000000000000"));
    EXPECT_TRUE(is_older("0", "1"));
}

TEST(VersionOrder, ComparesAnythingElseAsText) {
    EXPECT_TRUE(is_older("2026-10-02T07:14:00Z", "2026-10-02T07:15:00Z"));
    EXPECT_TRUE(is_older("v1", "v2"));
    EXPECT_FALSE(is_older("v1", "v1"));
}

TEST(VersionOrder, KnowsNothingOfASourceWithoutVersions) {
    EXPECT_FALSE(is_older("", "1"));
    EXPECT_FALSE(is_older("1", ""));
    EXPECT_FALSE(is_older("", ""));
}

}  // namespace
}  // namespace touchline::store
