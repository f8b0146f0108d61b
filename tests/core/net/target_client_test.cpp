#include "touchline/net/target_client.hpp"

#include "touchline/base/digest.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace touchline::net {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

/// Answers from a list and remembers what it was asked.
class FakeHttp final : public HttpClient {
public:
    Result<Response> send(const Request& request, const SendOptions&, std::stop_token) override {
        asked.push_back(request);
        if (answers.empty()) return Response{200, {}, "", request.url};
        auto answer = std::move(answers.front());
        answers.pop_front();
        return answer;
    }

    std::deque<Result<Response>> answers;
    std::vector<Request> asked;
};

class FakeSleeper final : public Sleeper {
public:
    explicit FakeSleeper(ManualClock& clock) : clock_(clock) {}
    bool sleep(milliseconds duration, std::stop_token stop) override {
        slept.push_back(duration);
        clock_.advance(duration);
        return !stop.stop_requested();
    }
    std::vector<milliseconds> slept;

private:
    ManualClock& clock_;
};

Response status(int code, Headers headers = {}) {
    return {code, std::move(headers), "body", ""};
}

class TargetClientTest : public testing::Test {
protected:
    TargetClient client(Credentials credentials = {}, std::string base = k_base) {
        Target target{"shop", std::move(base), std::move(credentials), {}, {}, limiter};
        target.requests = requests;
        target.retry = {.attempts = 3, .first_delay = 100ms, .longest_delay = 1s, .budget = 60s};
        return TargetClient::make(
                   std::move(target), {http, clock, sleeper, [] { return 0.5; }}
        ).value();
    }
    Result<Response> get(const std::string& path, Credentials credentials = {}) {
        return client(std::move(credentials)).call({"GET", path, {}, {}, "", false}, {});
    }
    Code refusal(const std::string& path) {
        const auto result = get(path);
        return result ? Code::internal : result.error().code();
    }

    static constexpr const char* k_base = "https://shop.example/api/v2/";
    FakeHttp http;
    ManualClock clock{parse_rfc3339("2026-01-01T00:00:00Z").value()};
    FakeSleeper sleeper{clock};
    std::shared_ptr<RateLimiter> limiter;
    std::shared_ptr<RequestLog> requests;
};

TEST_F(TargetClientTest, TellsOfItsRequestsWithoutTheirSecrets) {
    requests = std::make_shared<RequestLog>();
    http.answers.push_back(Response{401, {}, "key k-123456789 is not known", ""});
    http.answers.push_back(Error(Code::timeout, "shop.example did not answer"));
    auto shop = client(QueryKey{"key", Secret("k-123456789")});
    ASSERT_TRUE(shop.call({"POST", "/a?page=2&access_token=t-98765", {}, {}, "12345", false}, {}));
    ASSERT_FALSE(shop.call({"POST", "/b", {}, {}, "", false}, {}));
    EXPECT_NE(http.asked[0].url.find("k-123456789"), std::string::npos) << "it is sent";
    const auto seen = requests->latest();
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].status, 0);
    EXPECT_EQ(seen[0].error, "shop.example did not answer");
    EXPECT_EQ(seen[1].url, "https://shop.example/api/v2/a?page=2&access_token=***");
    EXPECT_EQ(seen[1].credentials, "key in the query");
    EXPECT_EQ(seen[1].status, 401);
    EXPECT_EQ(seen[1].sent_bytes, 5);
    EXPECT_EQ(seen[1].answer, "key *********** is not known");
    EXPECT_EQ(seen[1].at, clock.now());
}

TEST_F(TargetClientTest, TellsOfEveryAttemptAndOfTheLatestOnly) {
    requests = std::make_shared<RequestLog>();
    for (int n = 0; n < 2; ++n) http.answers.push_back(status(503));
    ASSERT_TRUE(get("/x"));
    EXPECT_EQ(requests->latest().size(), 3U);
    for (int n = 0; n < 100; ++n) ASSERT_TRUE(get("/page?n=" + std::to_string(n)));
    EXPECT_EQ(requests->latest().size(), 50U);
    EXPECT_TRUE(requests->latest()[0].url.ends_with("n=99"));
}

TEST_F(TargetClientTest, JoinsThePathToTheBase) {
    auto shop = client();
    ASSERT_TRUE(shop.call({"GET", "/tickets?page=1", {{"q", "a b"}}, {}, "", false}, {}));
    ASSERT_TRUE(shop.call({"GET", "tickets/5", {}, {}, "", false}, {}));
    ASSERT_TRUE(shop.call({}, {}));
    EXPECT_EQ(http.asked[0].url, "https://shop.example/api/v2/tickets?page=1&q=a%20b");
    EXPECT_EQ(http.asked[1].url, "https://shop.example/api/v2/tickets/5");
    EXPECT_EQ(http.asked[2].url, "https://shop.example/api/v2/");
}

TEST_F(TargetClientTest, RefusesAPathThatLeavesTheTarget) {
    for (const char* path :
         {"//evil.example/",
          "../v1",
          "/a/../../v1",
          "/a/%2e%2e/%2E%2e/v1",
          "/a%2f..%2f..%2fv1",
          "/a\\..\\b",
          "/a#b",
          "/%5c..%5cx"}) {
        EXPECT_EQ(refusal(path), Code::denied) << path;
    }
    EXPECT_TRUE(http.asked.empty());
    EXPECT_TRUE(get("/http://evil.example/"));
    EXPECT_EQ(http.asked[0].url, "https://shop.example/api/v2/http://evil.example/");
}

TEST_F(TargetClientTest, FollowsLinksOfItsOwnOriginOnly) {
    auto shop = client(BearerToken{Secret("t")});
    EXPECT_TRUE(shop.follow("https://shop.example/api/v2/tickets?page=2", {}));
    EXPECT_TRUE(shop.follow("https://SHOP.example:443/other", {}));
    for (const char* link :
         {"http://shop.example/api/v2/",
          "https://shop.example.evil.test/",
          "https://shop.example:8443/",
          "//evil.example/x"}) {
        const auto result = shop.follow(link, {});
        ASSERT_FALSE(result) << link;
        EXPECT_EQ(result.error().code(), Code::denied) << link;
    }
    EXPECT_EQ(http.asked.size(), 2U);
}

TEST_F(TargetClientTest, RefusesHeadersThatBelongToTheHost) {
    for (const char* name :
         {"Authorization",
          "cookie",
          "HOST",
          "Proxy-Authorization",
          "Connection",
          "Transfer-Encoding",
          "Content-Length",
          "X-Key"}) {
        Call call;
        call.headers.add(name, "x");
        const auto result = client(HeaderKey{"x-key", Secret("k"), ""}).call(call, {});
        ASSERT_FALSE(result) << name;
        EXPECT_EQ(result.error().code(), Code::denied) << name;
    }
    Call call;
    call.headers.add("X-Fine", "a\r\nAuthorization: b");
    EXPECT_EQ(client().call(call, {}).error().code(), Code::config);
}

TEST_F(TargetClientTest, AddsEachKindOfCredential) {
    ASSERT_TRUE(get("/a", BearerToken{Secret("tok")}));
    ASSERT_TRUE(get("/a", BasicLogin{"Aladdin", Secret("open sesame")}));
    ASSERT_TRUE(get("/a", HeaderKey{"X-Key", Secret("k"), "Token "}));
    ASSERT_TRUE(get("/a?key=forged&b=1", QueryKey{"key", Secret("s&t")}));
    EXPECT_EQ(http.asked[0].headers.get("authorization"), "Bearer tok");
    EXPECT_EQ(http.asked[1].headers.get("authorization"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    EXPECT_EQ(http.asked[2].headers.get("x-key"), "Token k");
    EXPECT_EQ(http.asked[3].url, "https://shop.example/api/v2/a?b=1&key=s%26t");
}

TEST_F(TargetClientTest, ProvesThatItKnowsTheAppsSecret) {
    const ProvedToken proved{Secret("page-token"), Secret("app-secret")};
    ASSERT_TRUE(get("/me?appsecret_proof=forged&b=1", proved));
    // echo -n page-token | openssl dgst -sha256 -hmac app-secret
    const std::string proof = "d8b448b9cc7d64c51098271805b3cc20b5b715e52bd587eb71b610259587c856";
    EXPECT_EQ(http.asked[0].headers.get("authorization"), "Bearer page-token");
    EXPECT_EQ(http.asked[0].url, "https://shop.example/api/v2/me?b=1&appsecret_proof=" + proof);
    EXPECT_EQ(get("/me", ProvedToken{Secret("t"), Secret()}).error().code(), Code::config);
}

TEST_F(TargetClientTest, WaitsWhereAnotherStatusMeansTooMany) {
    Target target{"crm", std::string(k_base), {}, {}, {}, {}};
    target.retry = {.attempts = 2, .first_delay = 100ms, .longest_delay = 1s, .budget = 60s};
    target.status_of = [](const Response& response) {
        return response.body == "REQUEST_LIMIT_EXCEEDED" ? 429 : response.status;
    };
    const auto limited =
        TargetClient::make(std::move(target), {http, clock, sleeper, [] { return 0.5; }}).value();
    // Not to be repeated, but nothing was done.
    http.answers = {Response{403, {}, "REQUEST_LIMIT_EXCEEDED", ""}, status(200)};
    auto client = limited;
    const auto answer = client.call({"POST", "/job", {}, {}, "", false}, {});
    ASSERT_TRUE(answer) << answer.error().text();
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(sleeper.slept.size(), 1u);
}

TEST_F(TargetClientTest, KeepsTheKeyOutOfTheAddressItReports) {
    EXPECT_EQ(get("/a", QueryKey{"key", Secret("s")})->final_url, "https://shop.example/api/v2/a");
}

TEST_F(TargetClientTest, HandsOverNoSecretThatTheServerRepeats) {
    const auto told = [this](const Credentials& credentials, const std::string& text) {
        http.answers = {Response{500, {{"X-Echo", text}}, "you sent: " + text, ""}};
        Target target{"shop", std::string(k_base), credentials, {}, {}, {}};
        target.retry.attempts = 1;
        auto once = TargetClient::make(
                        std::move(target), {http, clock, sleeper, [] { return 0.5; }}
        ).value();
        const auto answer = once.call({"GET", "/a", {}, {}, "", false}, {});
        EXPECT_EQ(answer->body, "you sent: " + std::string(*answer->headers.get("x-echo")));
        return std::string(*answer->headers.get("x-echo"));
    };
    EXPECT_EQ(told(BearerToken{Secret("tok-1234")}, "Bearer tok-1234"), "Bearer ********");
    EXPECT_EQ(
        told(
            BasicLogin{"ana@shop.test", Secret("p4ss/w0rd")}, "ana@shop.test p4ss/w0rd p4ss\\/w0rd"
        ),
        "ana@shop.test ********* **********"
    );
    // "ana@shop.test:p4ss/w0rd"
    EXPECT_EQ(
        told(
            BasicLogin{"ana@shop.test", Secret("p4ss/w0rd")},
            "Basic YW5hQHNob3AudGVzdDpwNHNzL3cwcmQ="
        ),
        "Basic ********************************"
    );
    EXPECT_EQ(
        told(BasicLogin{"the-key-itself", Secret("X")}, "Xu the-key-itself"), "Xu **************"
    );
    EXPECT_EQ(
        told(QueryKey{"key", Secret("s&t=12345")}, "?key=s%26t%3D12345"), "?key=*************"
    );
    EXPECT_EQ(told(HeaderKey{"X-Key", Secret("k"), ""}, "keep k"), "keep k");
    EXPECT_EQ(
        told(
            ProvedToken{Secret("page-token"), Secret("app-secret")},
            "page-token d8b448b9cc7d64c51098271805b3cc20b5b715e52bd587eb71b610259587c856"
        ),
        "********** " + std::string(64, '*')
    );
}

TEST_F(TargetClientTest, SignsAsStandardWebhooksDo) {
    Call call{"POST", "/hook", {}, {{"webhook-id", "msg_1"}}, "{}", true};
    const Credentials signing = WebhookSigning{{Secret("whsec_c2VjcmV0"), Secret("whsec_b2xk")}};
    ASSERT_TRUE(client(signing).call(call, {}));
    const auto& headers = http.asked[0].headers;
    EXPECT_EQ(headers.get("webhook-timestamp"), "1767225600");
    const auto mac = [](const char* key) {
        const Digest digest = hmac_sha256(key, "msg_1.1767225600.{}");
        return "v1," + to_base64(std::string(digest.begin(), digest.end()));
    };
    EXPECT_EQ(headers.get("webhook-signature"), mac("secret") + " " + mac("old"));
    call.headers = {};
    EXPECT_EQ(client(signing).call(call, {}).error().code(), Code::config);
}

// The example of the specification's reference libraries.
TEST(SignWebhook, GivesThePublishedSignature) {
    const auto signature = sign_webhook(
        {Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")},
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        Time(std::chrono::seconds(1614265330)),
        "{\"test\": 2432232314}"
    );
    EXPECT_EQ(signature.value(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_F(TargetClientTest, HidesCookiesAndChallenges) {
    http.answers.push_back(status(
        200,
        {{"Set-Cookie", "s=1"},
         {"WWW-Authenticate", "Basic"},
         {"Authorization", "x"},
         {"ETag", "e"}}
    ));
    const auto response = get("/a");
    EXPECT_EQ(response->headers.size(), 1U);
    EXPECT_EQ(response->headers.get("etag"), "e");
}

TEST_F(TargetClientTest, FollowsRedirectsWithinTheTarget) {
    http.answers.push_back(status(302, {{"Location", "/api/v2/b"}}));
    Call call{"POST", "/a", {}, {{"Content-Type", "text/plain"}}, "x", false};
    const auto response = client(BearerToken{Secret("t")}).call(call, {});
    EXPECT_EQ(response->final_url, "https://shop.example/api/v2/b");
    EXPECT_EQ(http.asked[1].method, "GET");
    EXPECT_EQ(http.asked[1].body, "");
    EXPECT_EQ(http.asked[1].headers.get("authorization"), "Bearer t");
}

TEST_F(TargetClientTest, NeverSendsCredentialsElsewhere) {
    for (const char* to :
         {"https://evil.example/",
          "http://shop.example/api/v2/",
          "/api/v1/",
          "/api/v22",
          "//evil.example/api/v2/",
          "../../x"}) {
        http.asked.clear();
        http.answers.push_back(status(307, {{"Location", to}}));
        const auto response = get("/a", BearerToken{Secret("t")});
        ASSERT_FALSE(response) << to;
        EXPECT_EQ(response.error().code(), Code::denied) << to;
        EXPECT_EQ(http.asked.size(), 1U) << to;
    }
}

TEST_F(TargetClientTest, TiresOfRedirects) {
    for (int i = 0; i < 10; ++i) http.answers.push_back(status(302, {{"Location", "/api/v2/b"}}));
    EXPECT_EQ(get("/a").error().code(), Code::bad_data);
    EXPECT_EQ(http.asked.size(), 6U);
}

TEST_F(TargetClientTest, TriesAgainAndShowsTheLastAnswer) {
    http.answers.push_back(Error(Code::unavailable, "connection refused"));
    http.answers.push_back(status(503, {{"Retry-After", "7"}}));
    http.answers.push_back(status(502));
    EXPECT_EQ(get("/a")->status, 502);
    EXPECT_EQ(sleeper.slept, (std::vector<milliseconds>{50ms, 7100ms}));
}

TEST_F(TargetClientTest, SaysHowOftenItTried) {
    for (int i = 0; i < 3; ++i) http.answers.push_back(Error(Code::timeout, "no answer"));
    const auto response = get("/a");
    EXPECT_EQ(response.error().code(), Code::timeout);
    EXPECT_EQ(response.error().text(), "after 3 attempts: no answer");
}

TEST_F(TargetClientTest, DoesNotSendAPostTwiceUnlessItIsSafe) {
    Call call{"POST", "/a", {}, {}, "x", false};
    http.answers.push_back(status(500));
    EXPECT_EQ(client().call(call, {})->status, 500);
    EXPECT_EQ(http.asked.size(), 1U);
    call.safe_to_repeat = true;
    http.answers.push_back(status(500));
    EXPECT_EQ(client().call(call, {})->status, 200);
}

TEST_F(TargetClientTest, DoesNotTryAgainWhatCannotHelp) {
    http.answers.push_back(Error(Code::denied, "private"));
    EXPECT_EQ(get("/a").error().code(), Code::denied);
    http.answers.push_back(status(404));
    EXPECT_EQ(get("/a")->status, 404);
    EXPECT_EQ(http.asked.size(), 2U);
}

TEST_F(TargetClientTest, EndsAWaitWhenAskedToStop) {
    std::stop_source stop;
    stop.request_stop();
    http.answers.push_back(status(503));
    const auto response = client().call({}, stop.get_token());
    EXPECT_EQ(response.error().code(), Code::cancelled);
}

TEST_F(TargetClientTest, KeepsThePaceAndTheSilenceThatTheServerAsksFor) {
    limiter = std::make_shared<RateLimiter>(RateLimit{.per_second = 1, .burst = 1}, clock);
    http.answers.push_back(status(429, {{"Retry-After", "30"}}));
    http.answers.push_back(status(200));
    EXPECT_EQ(get("/a")->status, 200);
    EXPECT_EQ(limiter->reserve(), 1s);
    EXPECT_EQ(sleeper.slept, std::vector<milliseconds>{30'050ms});
}

TEST(CheckStatus, NamesWhatToDo) {
    const Time now{};
    const auto code = [&](int s) {
        const auto checked = check_status(status(s), now);
        return checked ? Code::internal : checked.error().code();
    };
    EXPECT_TRUE(check_status(status(204), now));
    EXPECT_EQ(code(401), Code::auth);
    EXPECT_EQ(code(403), Code::denied);
    EXPECT_EQ(code(404), Code::not_found);
    EXPECT_EQ(code(408), Code::timeout);
    EXPECT_EQ(code(409), Code::conflict);
    EXPECT_EQ(code(422), Code::bad_data);
    EXPECT_EQ(code(503), Code::unavailable);
    const auto limited = check_status(status(429, {{"Retry-After", "9"}}), now);
    EXPECT_EQ(limited.error().code(), Code::rate_limited);
    EXPECT_EQ(limited.error().retry_after(), 9s);
}

TEST(Target, NeedsAPlainBase) {
    FakeHttp http;
    ManualClock clock{Time{}};
    FakeSleeper sleeper(clock);
    for (const char* base :
         {"shop.example",
          "ftp://shop.example",
          "https://u:p@shop.example",
          "https://shop.example/?key=1"}) {
        Target target;
        target.base_url = base;
        const auto made = TargetClient::make(target, {http, clock, sleeper, [] { return 0.0; }});
        ASSERT_FALSE(made) << base;
        EXPECT_EQ(made.error().code(), Code::config) << base;
    }
}

}  // namespace
}  // namespace touchline::net
