#include "src/uid_set.hpp"

#include <gtest/gtest.h>

namespace imap {
namespace {

UidSet set(const char* text) {
    return UidSet::parse(text);
}

TEST(UidSets, AreWrittenAsRanges) {
    UidSet uids;
    for (const std::uint32_t uid : {5U, 1U, 2U, 3U, 9U, 4U}) uids.add(uid);
    EXPECT_EQ(uids.text(), "1:5,9");
    EXPECT_EQ(uids.size(), 6u);
    EXPECT_EQ(set("7:3,4294967295").text(), "3:7,4294967295");
    EXPECT_EQ(set("1,x,3").text(), "1");
    EXPECT_TRUE(set("-").empty());
}

TEST(UidSets, AreSubtractedAndIntersected) {
    EXPECT_EQ(set("1:10").without(set("3,5:6,10:20")).text(), "1:2,4,7:9");
    EXPECT_EQ(set("1:2,8:9").without(set("1:9")).text(), "");
    EXPECT_EQ(set("1:10,20").within(set("5:30")).text(), "5:10,20");
    EXPECT_EQ(set("1:3").without(set("4")).text(), "1:3");
    EXPECT_EQ(
        set("4294967290:4294967295").without(set("4294967295")).text(), "4294967290:4294967294"
    );
}

TEST(UidSets, GrowWhenTheyAreCoarsenedAndNeverShrink) {
    UidSet uids = set("1:10,12,100:110,200");
    uids.coarsen(2);
    EXPECT_EQ(uids.text(), "1:110,200");
    uids.coarsen(1);
    EXPECT_EQ(uids.text(), "1:200");
}

}  // namespace
}  // namespace imap
