#include "touchline/sdk/paging.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace touchline::sdk {
namespace {

TEST(TimeText, ReadsWhatApisWrite) {
    EXPECT_EQ(parse_time_ms("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(parse_time_ms("2026-11-23T14:25:47Z"), 1795443947000);
    EXPECT_EQ(parse_time_ms("2026-11-23T14:25:47.250Z"), 1795443947250);
    EXPECT_EQ(parse_time_ms("2026-11-23T14:25:47.1234567Z"), 1795443947123);
    EXPECT_EQ(parse_time_ms("2026-11-23T16:25:47+02:00"), 1795443947000);
    EXPECT_EQ(parse_time_ms("2026-11-23T09:25:47-0500"), 1795443947000);
    EXPECT_EQ(parse_time_ms("2026-11-23 14:25:47"), 1795443947000);
    EXPECT_EQ(parse_time_ms("1969-12-31T23:59:59Z"), -1000);
    for (const char* wrong :
         {"", "2026-11-23", "2026-13-01T00:00:00Z", "2026-11-23T14:25:47+2", "now"})
        EXPECT_FALSE(parse_time_ms(wrong)) << wrong;
}

TEST(TimeText, WritesWhatItReads) {
    std::mt19937_64 random(7);
    std::uniform_int_distribution<std::int64_t> any(-2'000'000'000'000, 4'000'000'000'000);
    for (int i = 0; i < 2000; ++i) {
        const std::int64_t ms = any(random);
        EXPECT_EQ(parse_time_ms(time_text_ms(ms)), ms) << time_text_ms(ms);
    }
    EXPECT_EQ(time_text(1795443947250), "2026-11-23T14:25:47Z");
}

struct Row {
    std::int64_t time;
    int id;
};

/// A source that sorts by time, in no order within one, and by id inside a tie.
std::vector<Row> ask(
    const std::vector<Row>& rows, const Keyset& at, std::size_t size, unsigned shuffle
) {
    std::vector<Row> found;
    for (const Row& row : rows) {
        const bool wanted =
            at.in_tie ? row.time == at.time_ms && (at.after.empty() || row.id > std::stoi(at.after))
                      : row.time >= at.time_ms;
        if (wanted) found.push_back(row);
    }
    std::shuffle(found.begin(), found.end(), std::mt19937(shuffle));
    if (at.in_tie)
        std::sort(found.begin(), found.end(), [](auto& a, auto& b) { return a.id < b.id; });
    else
        std::stable_sort(found.begin(), found.end(), [](auto& a, auto& b) {
            return a.time < b.time;
        });
    if (found.size() > size) found.resize(size);
    return found;
}

TEST(Keyset, ReadsEveryRowHoweverTheTimesFallAndAlwaysEnds) {
    std::mt19937 random(11);
    for (int round = 0; round < 300; ++round) {
        std::vector<Row> rows;
        const int count = static_cast<int>(random() % 60);
        const int times = 1 + static_cast<int>(random() % 8);
        for (int id = 1; id <= count; ++id)
            rows.push_back({1000 + static_cast<int>(random() % static_cast<unsigned>(times)), id});
        const std::size_t size = 2 + random() % 9;
        std::set<int> seen;
        Keyset at;
        for (int requests = 0;; ++requests) {
            ASSERT_LT(requests, 500) << "it goes round in circles";
            const auto found = ask(rows, at, size, static_cast<unsigned>(random()));
            KeysetPage page{found.size(), found.size() == size, 0, 0, ""};
            for (const Row& row : found) seen.insert(row.id);
            if (!found.empty()) {
                page.first_time_ms = found.front().time;
                page.last_time_ms = found.back().time;
                page.last_id = std::to_string(found.back().id);
            }
            if (keyset_ends(at, page)) break;
            at = next_keyset(at, page, 1);
        }
        EXPECT_EQ(seen.size(), rows.size()) << "round " << round;
    }
}

TEST(Keyset, BeginsALittleEarlierTheNextTime) {
    EXPECT_EQ(with_overlap({50'000, false, ""}, 30'000).time_ms, 20'000);
    EXPECT_EQ(with_overlap({10'000, false, ""}, 30'000).time_ms, 0);
    EXPECT_TRUE(with_overlap({50'000, true, "7"}, 30'000).in_tie);
}

TEST(Windows, AreCutUntilEveryPartFits) {
    std::mt19937 random(5);
    std::vector<std::int64_t> times;
    for (int i = 0; i < 500; ++i) times.push_back(static_cast<std::int64_t>(random() % 10'000));
    constexpr std::size_t k_cap = 20;
    std::vector<std::int64_t> read;
    std::int64_t last = -1;
    for (Windows windows({0, 10'000}); !windows.empty();) {
        std::vector<std::int64_t> found;
        const Window window = windows.front();
        for (const auto time : times)
            if (time >= window.from && time < window.until) found.push_back(time);
        if (found.size() > k_cap && windows.split()) continue;
        EXPECT_GT(window.from, last) << "earliest first";
        last = window.from;
        read.insert(read.end(), found.begin(), found.end());
        windows.done();
    }
    std::sort(read.begin(), read.end());
    std::sort(times.begin(), times.end());
    EXPECT_EQ(read, times);
}

TEST(Windows, OfOneUnitCannotBeCut) {
    Windows windows({5, 6});
    EXPECT_FALSE(windows.split());
    EXPECT_TRUE(Windows({5, 5}).empty());
}

TEST(IdSet, KnowsWhatWasPutIn) {
    std::mt19937 random(11);
    std::uniform_int_distribution<std::int64_t> any(1, 400);
    std::set<std::int64_t> expected;
    IdSet set;
    for (int i = 0; i < 3000; ++i) {
        const std::int64_t id = any(random);
        if (i % 3 == 0) {
            expected.erase(id);
            set.erase(id);
        } else {
            expected.insert(id);
            set.insert(id);
        }
        ASSERT_EQ(set.size(), static_cast<std::int64_t>(expected.size()));
    }
    for (std::int64_t id = 0; id <= 401; ++id)
        ASSERT_EQ(set.contains(id), expected.count(id) > 0) << id;
    EXPECT_EQ(set.greatest(), *expected.rbegin());
    const IdSet again = IdSet::parse(set.text());
    EXPECT_EQ(again.text(), set.text());
    EXPECT_TRUE(set.without(again).empty());
    EXPECT_EQ(again.size(), set.size());
}

TEST(IdSet, TakesFewBytesWhereIdsHaveFewGaps) {
    IdSet set;
    for (std::int64_t id = 1; id <= 100'000; ++id) {
        if (id % 1000 != 0) set.insert(id);
    }
    EXPECT_LT(set.text().size(), 700u);
    IdSet whole = set;
    whole.insert(5000);
    EXPECT_EQ(whole.without(set), std::vector<std::int64_t>{5000});
}

TEST(IdSet, ReadsNoNonsense) {
    EXPECT_EQ(IdSet::parse("").size(), 0);
    EXPECT_EQ(IdSet::parse("1+9,!").size(), 10);
    EXPECT_EQ(IdSet::parse("0").size(), 0);
    IdSet set;
    set.insert(0);
    set.insert(-4);
    EXPECT_EQ(set.size(), 0);
}

TEST(Recent, TellsWhatIsAsItWas) {
    State state;
    Recent first(state);
    EXPECT_TRUE(first.is_news("7", "one"));
    EXPECT_FALSE(first.is_news("7", "one"));
    EXPECT_TRUE(first.is_news("8", "one"));
    first.keep_in(state);
    Recent second(state);
    EXPECT_FALSE(second.is_news("7", "one"));
    EXPECT_TRUE(second.is_news("8", "two"));
    second.keep_in(state);
    EXPECT_FALSE(Recent(state).is_news("8", "two"));
    state.set("recent", "not : what: it was:");
    EXPECT_TRUE(Recent(state).is_news("9", "one"));
}

TEST(NextLink, IsFoundAmongOthers) {
    EXPECT_EQ(
        next_link(
            {R"(<https://a.test/x?max_id=7>; rel="prev", <https://a.test/x?min_id=9>; rel="next")"}
        ),
        "https://a.test/x?min_id=9"
    );
    EXPECT_EQ(
        next_link({R"(<https://a.test/1>; rel="prev")", R"(<https://a.test/3>; rel=next)"}),
        "https://a.test/3"
    );
    EXPECT_EQ(next_link({R"(<https://a.test/1>; rel="prev")"}), "");
    EXPECT_EQ(next_link({"<broken"}), "");
    EXPECT_EQ(next_link({}), "");
}

TEST(QueryParameter, IsFoundByItsWholeName) {
    EXPECT_EQ(query_parameter("https://a.test/x?page=2&per_page=100", "page"), "2");
    EXPECT_EQ(query_parameter("https://a.test/x?per_page=100&page=2", "page"), "2");
    EXPECT_EQ(query_parameter("https://a.test/x?per_page=100", "page"), "");
    EXPECT_EQ(query_parameter("https://a.test/x", "page"), "");
}

TEST(NextNumber, GoesOnWhilePagesAreFull) {
    EXPECT_EQ(next_number("", 1, 1, true), "2");
    EXPECT_EQ(next_number("2", 1, 1, true), "3");
    EXPECT_EQ(next_number("200", 0, 100, true), "300");
    EXPECT_EQ(next_number("2", 1, 1, false), "");
}

}  // namespace
}  // namespace touchline::sdk
