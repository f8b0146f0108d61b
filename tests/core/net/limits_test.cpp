#include "touchline/net/allowance.hpp"
#include "touchline/net/rate_limiter.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

namespace touchline::net {
namespace {

using namespace std::chrono_literals;

const Time k_now = *parse_rfc3339("2026-01-01T12:00:00Z");

Allowance only(const Headers& headers) {
    const auto found = read_allowances(headers, k_now);
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? Allowance() : found.front();
}

std::chrono::seconds until_reset(const Headers& headers) {
    return std::chrono::duration_cast<std::chrono::seconds>(only(headers).resets_at - k_now);
}

TEST(Allowance, ReadsResetsAsWaitAsEpochAndAsTime) {
    const auto with = [](const char* reset) {
        return Headers{
            {"X-RateLimit-Limit", "300"},
            {"X-RateLimit-Remaining", "7"},
            {"X-RateLimit-Reset", reset}};
    };
    EXPECT_EQ(only(with("30")).limit, 300);
    EXPECT_EQ(only(with("30")).remaining, 7);
    EXPECT_EQ(until_reset(with("30")), 30s);
    EXPECT_EQ(until_reset(with("1767268860")), 60s);
    EXPECT_EQ(until_reset(with("1767268860000")), 60s);
    EXPECT_EQ(until_reset(with("2026-01-01T12:05:00Z")), 300s);
    EXPECT_EQ(until_reset(with("1767000000")), 0s) << "a reset that has passed";
    EXPECT_EQ(until_reset(with("tomorrow")), 60s) << "one that nobody can read";
}

TEST(Allowance, ReadsWhatVendorsWrite) {
    EXPECT_EQ(
        only({{"RateLimit-Limit", "30, 30;w=300"},
              {"RateLimit-Remaining", "3"},
              {"RateLimit-Reset", "4"}}
        ).remaining,
        3
    );
    EXPECT_EQ(only({{"X-Rate-Limit", "700"}, {"X-Rate-Limit-Remaining", "699"}}).limit, 700);
    EXPECT_EQ(only({{"X-RateLimit-Total", "50"}, {"X-RateLimit-Remaining", "9"}}).limit, 50);
    const auto salesforce =
        only({{"Sforce-Limit-Info", "api-usage=18/5000; per-app-api-usage=17/250(appName=x)"}});
    EXPECT_EQ(salesforce.name, "day");
    EXPECT_EQ(salesforce.remaining, 4982);
    EXPECT_EQ(only({{"X-Shopify-Shop-Api-Call-Limit", "32/40"}}).remaining, 8);
    const auto hubspot = read_allowances(
        {{"X-HubSpot-RateLimit-Max", "100"},
         {"X-HubSpot-RateLimit-Remaining", "80"},
         {"X-HubSpot-RateLimit-Interval-Milliseconds", "10000"},
         {"X-HubSpot-RateLimit-Daily", "250000"},
         {"X-HubSpot-RateLimit-Daily-Remaining", "249000"}},
        k_now
    );
    ASSERT_EQ(hubspot.size(), 2U);
    EXPECT_EQ(hubspot[0].resets_at, k_now + 10s);
    EXPECT_EQ(hubspot[1].resets_at, k_now + 12h);
}

TEST(Allowance, IsNotMadeUp) {
    EXPECT_TRUE(read_allowances({}, k_now).empty());
    EXPECT_TRUE(
        read_allowances({{"X-RateLimit-Limit", "many"}, {"X-RateLimit-Remaining", "7"}}, k_now)
            .empty()
    );
    EXPECT_TRUE(read_allowances({{"X-RateLimit-Remaining", "7"}}, k_now).empty());
    EXPECT_TRUE(read_allowances({{"Sforce-Limit-Info", "api-usage=x"}}, k_now).empty());
}

class Limits : public testing::Test {
protected:
    static Headers left(int remaining) {
        return {
            {"X-RateLimit-Limit", "100"},
            {"X-RateLimit-Remaining", std::to_string(remaining)},
            {"X-RateLimit-Reset", "30"}};
    }
    ManualClock clock_{k_now};
};

TEST_F(Limits, LeaveThePeopleTheirPart) {
    RateLimiter limiter({}, clock_);
    limiter.learn(left(21));
    EXPECT_EQ(limiter.reserve(), 0ms);
    EXPECT_EQ(limiter.reason(), "");
    limiter.learn(left(20));
    EXPECT_EQ(limiter.reserve(), 30s);
    EXPECT_NE(limiter.reason().find("kept for people"), std::string::npos);
    clock_.advance(30s);
    EXPECT_EQ(limiter.reserve(), 0ms);
    EXPECT_EQ(limiter.reason(), "");
}

TEST_F(Limits, OfADayAreCountedOverRestarts) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("touchline-quota-" + std::to_string(::getpid()));
    const std::string file = (folder / "crm").string();
    const RateLimit limit{.per_day = 100};
    int granted = 0;
    // Each life ends without a farewell.
    for (int life = 0; life < 4; ++life) {
        RateLimiter limiter(limit, clock_, make_quota_file(file));
        for (int i = 0; i < 15; ++i) granted += limiter.reserve() == 0ms ? 1 : 0;
    }
    EXPECT_GE(granted, 40);
    RateLimiter limiter(limit, clock_, make_quota_file(file));
    while (limiter.reserve() == 0ms) ++granted;
    EXPECT_LE(granted, 100) << "never more than the quota";
    EXPECT_EQ(limiter.reserve(), 12h) << "until midnight";
    EXPECT_NE(limiter.reason().find("100 requests"), std::string::npos);
    clock_.advance(12h);
    EXPECT_EQ(limiter.reserve(), 0ms);
    std::filesystem::remove_all(folder);
}

TEST_F(Limits, BoundWhatIsUnderWayAtOnce) {
    RateLimiter limiter({.at_once = 2}, clock_);
    auto one = limiter.enter({});
    std::stop_source stop;
    std::thread third;
    bool cancelled = false;
    {
        const auto two = limiter.enter({});
        third = std::thread([&] {
            const auto slot = limiter.enter(stop.get_token());
            cancelled = !slot && slot.error().code() == Code::cancelled;
        });
        stop.request_stop();
        third.join();
    }
    EXPECT_TRUE(cancelled);
    EXPECT_TRUE(limiter.enter({})) << "a slot is free again";
}

}  // namespace
}  // namespace touchline::net
