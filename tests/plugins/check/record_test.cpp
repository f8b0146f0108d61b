// Recording, rehearsing and fuzzing: what a cassette is made from, and made for.
#include "touchline/check/record.hpp"

#include "touchline/check/fuzz.hpp"
#include "touchline/check/rehearse.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace touchline::check {
namespace {

const std::string k_source = std::string(TEST_PLUGINS) + "/test-source.so";
const std::string k_cassettes = std::string(CASSETTES) + "/source";

/// The system of the cassette, which also shows the credentials that it was called with.
class System final : public net::HttpClient {
public:
    Result<net::Response> send(
        const net::Request& request, const net::SendOptions&, std::stop_token
    ) override {
        authorization = std::string(request.headers.get("authorization").value_or(""));
        for (const Exchange& exchange : cassette.exchanges) {
            if (exchange.url != request.url) continue;
            net::Headers headers{{"Set-Cookie", "id=1"}, {"X-Echo", authorization}};
            return net::Response{
                exchange.answer.status, headers, exchange.answer.body, request.url};
        }
        return Error(Code::not_found, "no such page");
    }
    Cassette cassette = read_cassettes(k_cassettes).value().front();
    std::string authorization;
};

RecordOptions options() {
    RecordOptions options;
    options.plugin = k_source;
    options.name = "recorded";
    options.settings = R"({"url":"https://acme.example"})";
    const Secret secret("very-secret-token");
    options.credentials = net::BearerToken{secret};
    options.secrets.push_back(secret);
    return options;
}

TEST(Record, WritesDownWhatASecondReadNeedsToo) {
    System system;
    const auto recording = record(options(), system);
    ASSERT_TRUE(recording) << recording.error().text();
    EXPECT_EQ(system.authorization, "Bearer very-secret-token");
    // /me, two pages, and the empty one twice: at the end of the first read, and for the second.
    EXPECT_EQ(recording->cassette.exchanges.size(), 5u);
    const auto rehearsed = rehearse(k_source, {recording->cassette});
    ASSERT_TRUE(rehearsed) << rehearsed.error().text();
    EXPECT_EQ(rehearsed->front().records.size(), 3u);
    EXPECT_FALSE(rehearsed->front().error) << rehearsed->front().error->text();
}

TEST(Record, KeepsNoSecretsNoCookiesAndNoAddresses) {
    System system;
    const auto recording = record(options(), system);
    ASSERT_TRUE(recording);
    const std::string text = cassette_text(recording->cassette);
    EXPECT_EQ(text.find("very-secret-token"), std::string::npos);
    EXPECT_EQ(text.find("Set-Cookie"), std::string::npos);
    EXPECT_EQ(text.find("ana@"), std::string::npos);
    EXPECT_NE(text.find("person1@example.org"), std::string::npos);
    EXPECT_EQ(recording->secrets_removed, 5u);
}

TEST(Record, PlaysAtTheTimeThatItIsGiven) {
    System system;
    RecordOptions then = options();
    then.now = parse_rfc3339("2026-05-04T10:00:00Z").value();
    const auto recording = record(then, system);
    ASSERT_TRUE(recording) << recording.error().text();
    EXPECT_EQ(recording->cassette.now, *then.now);
}

TEST(Record, KeepsTheCallsThatCameInWithoutTheirSecrets) {
    System system;
    RecordOptions called = options();
    called.webhooks = parse_webhooks(
                          R"([{"stream": "things", "json": {"things": [{"id": 9}],
                               "by": "very-secret-token"}}])"
    )
                          .value();
    const auto recording = record(called, system);
    ASSERT_TRUE(recording) << recording.error().text();
    ASSERT_EQ(recording->cassette.webhooks.size(), 1u);
    const std::string& body = recording->cassette.webhooks.front().body;
    EXPECT_NE(body.find("\"id\""), std::string::npos);
    EXPECT_EQ(body.find("very-secret-token"), std::string::npos);
}

TEST(Record, StopsWhenItHasEnough) {
    System system;
    RecordOptions few = options();
    few.most_requests = 2;
    const auto recording = record(few, system);
    ASSERT_FALSE(recording);
    EXPECT_NE(recording.error().text().find("the recording is full"), std::string::npos);
}

TEST(Rehearse, NamesTheRequestThatACassetteLacks) {
    System system;
    system.cassette.exchanges.pop_back();
    const auto rehearsed = rehearse(k_source, {system.cassette});
    ASSERT_TRUE(rehearsed);
    ASSERT_TRUE(rehearsed->front().error);
    EXPECT_NE(rehearsed->front().error->text().find("things?after=c3"), std::string::npos);
}

TEST(Fuzz, FindsAFallAndBringsItBackByItsSeed) {
    setenv("TOUCHLINE_TEST_FAULT", "parse-abort", 1);
    FuzzOptions options;
    options.plugin = k_source;
    options.cassettes = k_cassettes;
    options.runs = 500;
    const auto fall = fuzz(options);
    ASSERT_TRUE(fall) << fall.error().text();
    ASSERT_TRUE(*fall);
    options.seed = (*fall)->seed;
    options.runs = 1;
    const auto again = fuzz(options);
    ASSERT_TRUE(again && *again);
    EXPECT_EQ((*again)->seed, (*fall)->seed);
    EXPECT_EQ((*again)->cassette, (*fall)->cassette);
    unsetenv("TOUCHLINE_TEST_FAULT");
}

TEST(Fuzz, LetsAGoodConnectorStand) {
    FuzzOptions options;
    options.plugin = k_source;
    options.cassettes = k_cassettes;
    options.runs = 150;
    const auto fall = fuzz(options);
    ASSERT_TRUE(fall) << fall.error().text();
    EXPECT_FALSE(*fall) << (*fall)->message;
}

}  // namespace
}  // namespace touchline::check
