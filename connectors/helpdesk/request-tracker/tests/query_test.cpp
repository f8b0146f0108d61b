#include "src/query.hpp"

#include <gtest/gtest.h>

namespace request_tracker {
namespace {

TEST(Query, JoinsConditionsOnOneColumnByAnd) {
    EXPECT_EQ(
        Conditions().add("id", ">", "7").is_null("Filename").json(),
        R"([{"field":"id","operator":">","value":"7","entry_aggregator":"AND"},)"
        R"({"field":"Filename","operator":"IS","value":"NULL","entry_aggregator":"AND"}])"
    );
}

TEST(Query, AsksForMergedTicketsToo) {
    EXPECT_EQ(tickets_query({"1", "2"}), "(id = 1 OR id = 2) AND EffectiveId > 0");
}

TEST(Query, KnowsTimesBothWays) {
    EXPECT_EQ(unix_seconds("2026-11-23T14:25:47Z"), 1795443947);
    EXPECT_EQ(rfc3339(1795443947'999), "2026-11-23T14:25:47Z");
    EXPECT_EQ(rfc3339(unix_seconds("2028-02-29T00:00:00Z") * 1000), "2028-02-29T00:00:00Z");
    EXPECT_EQ(unix_seconds("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(unix_seconds("yesterday"), 0);
    EXPECT_EQ(sql_time("2026-11-23T14:25:47Z"), "2026-11-23 14:25:47");
}

}  // namespace
}  // namespace request_tracker
