#include "touchline/ingest/timetable.hpp"

#include <gmock/gmock.h>

namespace touchline::ingest {
namespace {

using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Timetable::Time k_start{std::chrono::hours(1)};

class Turns : public testing::Test {
protected:
    Timetable table_{
        {{"tickets", minutes(5)}, {"people", minutes(60)}, {"imports", minutes(0)}}, k_start};
};

TEST_F(Turns, BeginWithAllStreamsInTheirOrder) {
    EXPECT_EQ(table_.due(), k_start);
    EXPECT_THAT(table_.begin_turn(k_start), ElementsAre("tickets", "people", "imports"));
    EXPECT_TRUE(table_.is_running());
}

TEST_F(Turns, FollowTheScheduleOfEachStreamAfterwards) {
    table_.begin_turn(k_start);
    table_.end_turn({}, k_start + minutes(2));
    EXPECT_FALSE(table_.is_running());
    EXPECT_EQ(table_.due(), k_start + minutes(7));
    EXPECT_THAT(table_.begin_turn(k_start + minutes(7)), ElementsAre("tickets"));
    table_.end_turn({}, k_start + minutes(8));
    EXPECT_THAT(table_.begin_turn(k_start + minutes(62)), ElementsAre("tickets", "people"));
}

TEST_F(Turns, PutWhatGaveWayBehindWhatItKeptWaiting) {
    table_.begin_turn(k_start);
    EXPECT_TRUE(table_.others_wait(k_start));
    table_.end_turn({"tickets", "people", "imports"}, k_start + minutes(1));
    EXPECT_EQ(table_.due(), k_start + minutes(1)) << "at once";
    EXPECT_THAT(
        table_.begin_turn(k_start + minutes(1)), ElementsAre("people", "imports", "tickets")
    );
}

TEST_F(Turns, PutWhatBecameDueMeanwhileBeforeWhatGaveWay) {
    table_.begin_turn(k_start);
    table_.end_turn({"people"}, k_start + minutes(1));
    table_.begin_turn(k_start + minutes(1));
    EXPECT_FALSE(table_.others_wait(k_start + minutes(2)));
    EXPECT_TRUE(table_.others_wait(k_start + minutes(6)));
    table_.end_turn({"people"}, k_start + minutes(6));
    EXPECT_THAT(table_.begin_turn(k_start + minutes(6)), ElementsAre("tickets", "people"));
}

TEST_F(Turns, NameNoStreamTwiceThatIsAskedForWhileItIsRead) {
    table_.begin_turn(k_start);
    table_.want_all(k_start);
    table_.end_turn({"people"}, k_start);
    EXPECT_THAT(table_.begin_turn(k_start), ElementsAre("tickets", "imports", "people"));
}

TEST_F(Turns, AreNeverDueWithoutScheduleOrWish) {
    Timetable table({{"imports", minutes(0)}}, k_start);
    table.begin_turn(k_start);
    table.end_turn({}, k_start);
    EXPECT_EQ(table.due(), Timetable::Time::max());
    EXPECT_THAT(table.begin_turn(k_start), IsEmpty());
    table.want_all(k_start + minutes(1));
    EXPECT_EQ(table.due(), k_start + minutes(1));
}

TEST_F(Turns, ComeSoonerWhereAFailureAsksForIt) {
    table_.begin_turn(k_start);
    table_.end_turn({}, k_start);
    table_.retry("people", k_start + minutes(1));
    table_.retry("tickets", k_start + minutes(9));
    table_.retry("unknown", k_start);
    EXPECT_EQ(table_.due(), k_start + minutes(1));
    EXPECT_THAT(table_.begin_turn(k_start + minutes(5)), ElementsAre("tickets", "people"));
}

}  // namespace
}  // namespace touchline::ingest
