// A list that pages by number while its rows change and move: nothing may slip past a page's edge.
#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/testing/fake_host.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace touchline::sdk {
namespace {

constexpr std::int64_t k_start_s = 1'790'000'000;

struct Row {
    int id = 0;
    std::int64_t changed_s = 0;
};

class SeekTest : public ::testing::Test {
protected:
    /// A page as an API that sorts by time and pages by number gives it; `inclusive`: rows of the
    /// moment that is asked for are among them.
    Result<Fetched> page(const CatchUpPlace& place, std::size_t size, bool inclusive) {
        ++asked_;
        std::vector<Row> found;
        const std::int64_t from_s = place.from_ms / 1000 - 1;
        for (const Row& row : rows_) {
            if (row.changed_s > from_s || (inclusive && row.changed_s == from_s))
                found.push_back(row);
        }
        std::stable_sort(found.begin(), found.end(), [](const Row& a, const Row& b) {
            return a.changed_s < b.changed_s;
        });
        const std::size_t number = place.after.empty() ? 1 : std::stoul(place.after);
        const std::size_t begin = std::min((number - 1) * size, found.size());
        const std::size_t end = std::min(number * size, found.size());
        std::string json = "[";
        for (std::size_t i = begin; i < end; ++i) {
            if (json.size() > 1) json += ',';
            JsonObject(json).number("id", found[i].id).number("at", found[i].changed_s).end();
        }
        return fetched(json + "]", next_number(place.after, 1, 1, end < found.size()));
    }
    Fetched fetched(const std::string& json, std::string next) {
        tl_http_response raw{};
        raw.size = sizeof(raw);
        raw.http_status = 200;
        raw.body = host_.make_body(json);
        return {HttpResponse(&services_, host_.job(), raw), std::move(next), {}};
    }
    template <typename Ask>
    Result<void> pass(State& state, Ask ask) {
        const Seek how{"", "/at", "/id", 60'000};
        return seek(job_, args_, how, state, ask, [&](const Fetched& page) -> Result<void> {
            TL_TRY(const auto ids, page.answer.body().pick_each("", "/id"));
            TL_TRY(const auto times, page.answer.body().pick_each("", "/at"));
            for (std::size_t i = 0; i < ids.size(); ++i)
                seen_[static_cast<int>(*ids[i].as_int())] = *times[i].as_int();
            return {};
        });
    }
    std::map<int, std::int64_t> truth() const {
        std::map<int, std::int64_t> all;
        for (const Row& row : rows_) all[row.id] = row.changed_s;
        return all;
    }

    sdk::testing::FakeHost host_;
    Services services_{host_.table()};
    Job job_{services_, host_.job()};
    ReadArgs args_{"rows", 0, {}, {}, {}};
    std::vector<Row> rows_;
    std::map<int, std::int64_t> seen_;
    int asked_ = 0;
};

TEST_F(SeekTest, LosesNoRowThatMovesWhilePagesAreRead) {
    for (unsigned seed = 0; seed < 15; ++seed) {
        std::mt19937 random(seed);
        rows_.clear();
        seen_.clear();
        std::int64_t now_s = k_start_s;
        for (int id = 0; id < 40; ++id) {
            now_s += random() % 3;
            rows_.push_back({id, now_s});
        }
        State state;
        const auto ask = [&](const CatchUpPlace& place) {
            auto answer = page(place, 5, seed % 2 == 0);
            // Somebody changes a row that was read already, and all others move up.
            rows_[random() % rows_.size()].changed_s = ++now_s;
            if (asked_ % 7 == 0) rows_.push_back({static_cast<int>(rows_.size()), now_s});
            return answer;
        };
        ASSERT_TRUE(pass(state, ask)) << seed;
        ASSERT_TRUE(pass(state, ask)) << seed;
        // Then it is quiet, and nothing may be missing but what changed last.
        const auto quiet = [&](const CatchUpPlace& place) {
            return page(place, 5, seed % 2 == 0);
        };
        ASSERT_TRUE(pass(state, quiet)) << seed;
        EXPECT_EQ(seen_, truth()) << seed;
    }
}

TEST_F(SeekTest, PagesByNumberOnlyInsideOneTime) {
    for (int id = 0; id < 23; ++id) rows_.push_back({id, k_start_s});
    State state;
    std::vector<std::string> numbers;
    const auto ask = [&](const CatchUpPlace& place) {
        numbers.push_back(place.after);
        return page(place, 5, true);
    };
    ASSERT_TRUE(pass(state, ask));
    EXPECT_EQ(seen_, truth());
    EXPECT_EQ(numbers, (std::vector<std::string>{"", "", "2", "3", "4", "5"}));
}

TEST_F(SeekTest, BeginsAtTheLatestChangeLessTheOverlapAndStaysThere) {
    rows_ = {{1, k_start_s}, {2, k_start_s + 500}};
    State state;
    const auto ask = [&](const CatchUpPlace& place) { return page(place, 5, true); };
    ASSERT_TRUE(pass(state, ask));
    for (int idle = 0; idle < 3; ++idle) {
        ASSERT_TRUE(pass(state, ask));
        EXPECT_EQ(state.number("from"), (k_start_s + 500 - 60) * 1000);
    }
}

TEST_F(SeekTest, AsksAgainWhenAnOldAnswerComes) {
    for (int id = 0; id < 12; ++id) rows_.push_back({id, k_start_s + id});
    State state;
    int stale = 0;
    CatchUpPlace first;
    const auto ask = [&](const CatchUpPlace& place) {
        // Every other answer is the first page once more.
        const bool is_stale = place.from_ms > 0 && ++stale % 2 == 1;
        return page(is_stale ? first : place, 5, true);
    };
    ASSERT_TRUE(pass(state, ask));
    EXPECT_EQ(seen_, truth());
}

TEST_F(SeekTest, SaysThatAListDoesNotMoveOn) {
    for (int id = 0; id < 12; ++id) rows_.push_back({id, k_start_s + id});
    State state;
    const auto ask = [&](const CatchUpPlace&) { return page({}, 5, true); };
    const auto passed = pass(state, ask);
    ASSERT_FALSE(passed);
    EXPECT_EQ(passed.error().status, Status::bad_data);
}

}  // namespace
}  // namespace touchline::sdk
