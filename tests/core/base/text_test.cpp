#include "touchline/base/text.hpp"

#include <gtest/gtest.h>

#include <array>

namespace touchline {
namespace {

TEST(Utf8, AcceptsWellFormedTextOnly) {
    EXPECT_TRUE(is_utf8("Zoë Müller, Ελένη, 山田, 🏟"));
    EXPECT_TRUE(is_utf8(""));
    EXPECT_FALSE(is_utf8("caf\xE9"));                        // Latin-1
    EXPECT_FALSE(is_utf8("\xC0\xAF"));                       // overlong
    EXPECT_FALSE(is_utf8("\xED\xA0\x80"));                   // surrogate
    EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));               // beyond U+10FFFF
    EXPECT_FALSE(is_utf8(std::string_view("\xE2\x82", 2)));  // cut
}

TEST(Utf8, ReplacesEachBadByteAndKeepsTheRest) {
    EXPECT_EQ(to_utf8("caf\xE9 au lait"), "caf\xEF\xBF\xBD au lait");
    EXPECT_EQ(to_utf8("déjà"), "déjà");
}

TEST(TruncateText, CutsBetweenCharactersAndSaysSo) {
    EXPECT_EQ(truncate_text("Ελένη", 5), "Ελένη");
    EXPECT_EQ(truncate_text("Ελένη", 4), "Ελέ…");
    EXPECT_EQ(truncate_text("abc", 0), "");
    EXPECT_EQ(truncate_text("abc", 1), "…");
}

TEST(Closest, FindsTheLikelyMeaningAndNothingFarFetched) {
    constexpr std::array<std::string_view, 3> k_keys = {"schedule", "since", "mapping"};
    EXPECT_EQ(closest("shedule", k_keys), "schedule");
    EXPECT_EQ(closest("maping", k_keys), "mapping");
    EXPECT_EQ(closest("telephone", k_keys), "");
}

TEST(Trim, TakesWhitespaceFromBothEnds) {
    EXPECT_EQ(trim(" \t a b \r\n"), "a b");
    EXPECT_EQ(trim("  "), "");
}

}  // namespace
}  // namespace touchline
