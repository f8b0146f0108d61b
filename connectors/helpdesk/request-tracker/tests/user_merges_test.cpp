#include "src/user_merges.hpp"

#include <gmock/gmock.h>

namespace request_tracker {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(UserMerges, AreReadFromTheLinesOfTheSurvivor) {
    EXPECT_THAT(
        merged_users("A good customer.\r\nana@old.example (30) merged into this user\nbo (7) "
                     "merged into this user"),
        ElementsAre("30", "7")
    );
}

TEST(UserMerges, AreTakenBackByALaterLine) {
    EXPECT_THAT(
        merged_users("a (30) merged into this user\na (30) unmerged from this user"), IsEmpty()
    );
    EXPECT_THAT(
        merged_users("a (30) merged into this user\na (30) unmerged from this user\na (30) merged "
                     "into this user"),
        ElementsAre("30")
    );
}

TEST(UserMerges, AreNotSeenInOtherRemarks) {
    EXPECT_THAT(merged_users(""), IsEmpty());
    EXPECT_THAT(merged_users("Merged into ana@example.org (31)"), IsEmpty());
    EXPECT_THAT(
        merged_users("(x1) merged into this user\n() merged into this user\n) merged into this user"
        ),
        IsEmpty()
    );
}

}  // namespace
}  // namespace request_tracker
