// Retries, dates, pace, repeated pages, header fields, addresses, framing and gzip: decisions
// without a network.
#include "address.hpp"
#include "framing.hpp"
#include "gzip.hpp"

#include "touchline/net/rate_limiter.hpp"
#include "touchline/net/repeat_guard.hpp"
#include "touchline/net/retry.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <thread>

namespace touchline::net {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

Time at(const char* text) {
    return parse_rfc3339(text).value();
}

TEST(RetryPolicy, DoublesTheCeilingAndSpreadsBelowIt) {
    const RetryPolicy policy{.attempts = 10, .first_delay = 100ms, .longest_delay = 1000ms};
    EXPECT_EQ(next_delay(policy, 1, 0ms, {}, 0.5), 50ms);
    EXPECT_EQ(next_delay(policy, 2, 0ms, {}, 0.5), 100ms);
    EXPECT_EQ(next_delay(policy, 3, 0ms, {}, 0.5), 200ms);
    EXPECT_EQ(next_delay(policy, 9, 0ms, {}, 0.5), 500ms);
    EXPECT_EQ(next_delay(policy, 3, 0ms, {}, 0.0), 0ms);
}

TEST(RetryPolicy, GivesUpOnceTheAttemptsOrTheBudgetAreSpent) {
    const RetryPolicy policy{
        .attempts = 3, .first_delay = 100ms, .longest_delay = 1s, .budget = 1s};
    EXPECT_TRUE(next_delay(policy, 2, 0ms, {}, 0.5));
    EXPECT_FALSE(next_delay(policy, 3, 0ms, {}, 0.5));
    EXPECT_FALSE(next_delay(policy, 1, 990ms, {}, 0.5));
    EXPECT_FALSE(next_delay(policy, 1, 0ms, 2s, 0.0));
}

TEST(RetryPolicy, WaitsAtLeastAsLongAsTheServerAsks) {
    EXPECT_EQ(next_delay({}, 1, 0ms, 3s, 0.0), 3s);
    EXPECT_GE(next_delay({}, 1, 0ms, 3s, 0.9), 3s);
}

TEST(RetryPolicy, RepeatsOnlyWhatMayHelp) {
    for (const int status : {408, 425, 429, 500, 502, 503, 504}) {
        EXPECT_TRUE(is_retryable_status(status)) << status;
    }
    for (const int status : {200, 301, 400, 401, 403, 404, 409, 422, 501, 505}) {
        EXPECT_FALSE(is_retryable_status(status)) << status;
    }
    EXPECT_TRUE(is_idempotent("PUT"));
    EXPECT_FALSE(is_idempotent("POST"));
    EXPECT_FALSE(is_idempotent("get"));
}

TEST(RetryAfter, IsSecondsOrADate) {
    const Time now = at("1994-11-06T08:49:00Z");
    EXPECT_EQ(parse_retry_after("120", now), 120s);
    EXPECT_EQ(parse_retry_after(" 0 ", now), 0s);
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), 37s);
    EXPECT_EQ(parse_retry_after("Sat, 05 Nov 1994 08:49:37 GMT", now), 0s);
    EXPECT_EQ(parse_retry_after("99999999999999999999999", now), 24h);
    EXPECT_EQ(parse_retry_after("soon", now), std::nullopt);
    EXPECT_EQ(parse_retry_after("-5", now), std::nullopt);
}

TEST(HttpDate, IsReadInTheThreeFormsOfRfc9110) {
    for (const char* text :
         {"Sun, 06 Nov 1994 08:49:37 GMT",
          "Sunday, 06-Nov-94 08:49:37 GMT",
          "Sun Nov  6 08:49:37 1994"}) {
        const auto time = parse_http_date(text);
        ASSERT_TRUE(time) << text;
        EXPECT_EQ(*time, at("1994-11-06T08:49:37Z")) << text;
    }
    for (const char* text :
         {"",
          "Sun, 31 Feb 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 24:00:00 GMT",
          "Sun, 06 Nov 1994 08:49:37",
          "06 Nov 1994"}) {
        EXPECT_FALSE(parse_http_date(text)) << text;
    }
}

TEST(HttpDate, IsWrittenInTheFirst) {
    EXPECT_EQ(format_http_date(at("1994-11-06T08:49:37Z")), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(Sleeper, WakesWhenAskedToStop) {
    const auto sleeper = make_sleeper();
    std::stop_source stop;
    bool slept = true;
    std::thread sleeping([&] { slept = sleeper->sleep(1h, stop.get_token()); });
    stop.request_stop();
    sleeping.join();
    EXPECT_FALSE(slept);
    EXPECT_TRUE(sleeper->sleep(0ms, {}));
}

TEST(RateLimiter, LetsABurstThroughAndThenKeepsThePace) {
    ManualClock clock(at("2026-01-01T00:00:00Z"));
    RateLimiter limiter({.per_second = 10, .burst = 2}, clock);
    EXPECT_EQ(limiter.reserve(), 0ms);
    EXPECT_EQ(limiter.reserve(), 0ms);
    EXPECT_EQ(limiter.reserve(), 100ms);
    EXPECT_EQ(limiter.reserve(), 200ms);
    clock.advance(10s);
    EXPECT_EQ(limiter.reserve(), 0ms);
    EXPECT_EQ(limiter.reserve(), 0ms);
    EXPECT_EQ(limiter.reserve(), 100ms);
}

TEST(RateLimiter, IsSilentWhileTheServerAsksForIt) {
    ManualClock clock(at("2026-01-01T00:00:00Z"));
    RateLimiter limiter({}, clock);
    EXPECT_EQ(limiter.reserve(), 0ms);
    limiter.pause(3s);
    limiter.pause(1s);
    EXPECT_EQ(limiter.reserve(), 3s);
    clock.advance(3s);
    EXPECT_EQ(limiter.reserve(), 0ms);
}

TEST(RepeatGuard, StopsAtTheThirdEqualPageInARow) {
    RepeatGuard guard;
    EXPECT_TRUE(guard.see("/tickets?page=1", "a"));
    EXPECT_TRUE(guard.see("/tickets?page=1", "a"));
    EXPECT_TRUE(guard.see("/tickets?page=2", "a"));
    EXPECT_TRUE(guard.see("/tickets?page=2", "b"));
    EXPECT_TRUE(guard.see("/tickets?page=2", "b"));
    const auto third = guard.see("/tickets?page=2", "b");
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code(), Code::bad_data);
}

TEST(Headers, AreFoundWithoutRegardToCase) {
    Headers headers{{"Link", "a"}, {"X-Id", "1"}, {"LINK", "b"}};
    EXPECT_EQ(headers.get("link"), "a");
    EXPECT_EQ(headers.all("Link").size(), 2U);
    headers.set("lInK", "c");
    EXPECT_EQ(headers.all("Link"), std::vector<std::string_view>{"c"});
    EXPECT_EQ(headers.remove("link"), 1U);
    EXPECT_EQ(headers.get("link"), std::nullopt);
    EXPECT_FALSE(is_field_value("a\r\nb"));
    EXPECT_FALSE(is_token("a b"));
    EXPECT_TRUE(is_hop_by_hop("Proxy-Authorization"));
}

TEST(PrivateAddresses, AreRecognisedInEveryDress) {
    const Wait wait("test", 1s, {});
    for (const char* text :
         {"127.0.0.1",
          "10.1.2.3",
          "172.31.0.1",
          "192.168.1.1",
          "169.254.169.254",
          "100.64.0.1",
          "0.0.0.0",
          "224.0.0.1",
          "255.255.255.255",
          "::1",
          "::",
          "fe80::1",
          "fc00::1",
          "fd12::1",
          "::ffff:127.0.0.1",
          "64:ff9b::a00:1",
          "2002:7f00:1::",
          "ff02::1",
          "2001:db8::1",
          "2130706433",
          "0x7f.1"}) {
        const auto found = resolve_host(text, 80, wait, {"resolving", 1s});
        ASSERT_TRUE(found) << text;
        EXPECT_TRUE(is_private(found->front())) << text;
        const auto allowed = allowed_addresses(*found, text, false);
        ASSERT_FALSE(allowed) << text;
        EXPECT_EQ(allowed.error().code(), Code::denied);
        EXPECT_NE(allowed.error().cure().find("allow_private_network: true"), std::string::npos);
        EXPECT_TRUE(allowed_addresses(*found, text, true));
    }
    for (const char* text :
         {"8.8.8.8",
          "172.32.0.1",
          "100.128.0.1",
          "2a00:1450::1",
          "::ffff:8.8.8.8",
          "192.169.0.1"}) {
        const auto found = resolve_host(text, 80, wait, {"resolving", 1s});
        ASSERT_TRUE(found) << text;
        EXPECT_FALSE(is_private(found->front())) << text;
    }
}

TEST(Framing, RefusesWhatTwoProgramsCouldReadInTwoWays) {
    const std::string chunked = "Transfer-Encoding";
    const std::string length = "Content-Length";
    EXPECT_FALSE(framing_fault(1, {}));
    EXPECT_FALSE(framing_fault(1, {{length, "5"}}));
    EXPECT_FALSE(framing_fault(1, {{chunked, "Chunked"}}));
    EXPECT_TRUE(framing_fault(1, {{length, "5"}, {chunked, "chunked"}}));
    EXPECT_TRUE(framing_fault(1, {{chunked, "chunked"}, {length, "5"}}));
    EXPECT_TRUE(framing_fault(1, {{length, "5"}, {length, "5"}}));
    EXPECT_TRUE(framing_fault(1, {{length, "5, 5"}}));
    EXPECT_TRUE(framing_fault(1, {{length, "+5"}}));
    EXPECT_TRUE(framing_fault(1, {{length, ""}}));
    EXPECT_TRUE(framing_fault(1, {{chunked, "chunked, identity"}}));
    EXPECT_TRUE(framing_fault(1, {{chunked, "gzip, chunked"}}));
    EXPECT_TRUE(framing_fault(1, {{chunked, "xchunked"}}));
    EXPECT_TRUE(framing_fault(1, {{chunked, "chunked"}, {chunked, "chunked"}}));
    EXPECT_TRUE(framing_fault(0, {{chunked, "chunked"}}));
    EXPECT_TRUE(host_fault(1, {}));
    EXPECT_FALSE(host_fault(0, {}));
    EXPECT_TRUE(host_fault(1, {{"Host", "a"}, {"host", "b"}}));
}

std::string gzip(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string in = text;
    std::string out(text.size() + 128, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

TEST(Gzip, IsUnpackedUpToTheLimit) {
    const std::string text(100'000, 'x');
    EXPECT_EQ(gunzip(gzip(text), 100'000).value(), text);
    EXPECT_EQ(gunzip(gzip("a") + gzip("b"), 10).value(), "ab");
    EXPECT_FALSE(gunzip(gzip(text), 99'999));
    EXPECT_FALSE(gunzip(gzip(text).substr(0, 20), 100'000));
    EXPECT_FALSE(gunzip("plain", 100));
}

}  // namespace
}  // namespace touchline::net
