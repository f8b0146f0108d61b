#include "touchline/sdk/testing/fake_host.hpp"

#include <gtest/gtest.h>

namespace {

using touchline::sdk::testing::Answer;
using touchline::sdk::testing::FakeConnection;
using touchline::sdk::testing::FakeHost;

const std::string k_settings = R"({"url": "https://example.com/hook"})";

TEST(WebhookDestination, PostsTheEventWithItsIdAndLeavesRetriesToTheHost) {
    FakeHost host;
    host.answer("POST ", 204, "");
    FakeConnection webhook(host, touchline_plugin_v1(), k_settings);
    EXPECT_EQ(webhook.write({{"ev_1", R"({"specversion": "1.0"})"}}), TL_OK);
    ASSERT_EQ(host.requests.size(), 1u);
    EXPECT_EQ(host.requests[0].body, R"({"specversion": "1.0"})");
    EXPECT_EQ(host.requests[0].headers[0].second, "application/cloudevents+json; charset=utf-8");
    EXPECT_EQ(
        host.requests[0].headers[1], std::make_pair(std::string("webhook-id"), std::string("ev_1"))
    );
    EXPECT_EQ(host.requests[0].flags, TL_HTTP_ANY_STATUS | TL_HTTP_NO_RETRY | TL_HTTP_NO_REDIRECT);
    ASSERT_EQ(host.items.size(), 1u);
    EXPECT_EQ(host.items[0].status, TL_OK);
}

TEST(WebhookDestination, TriesEveryFailureAgainButGone) {
    for (const int status : {301, 400, 404, 408, 425, 500, 502}) {
        FakeHost host;
        host.answer("POST ", status, "");
        FakeConnection webhook(host, touchline_plugin_v1(), k_settings);
        EXPECT_EQ(webhook.write({{"ev_1", "{}"}}), TL_OK);
        ASSERT_EQ(host.items.size(), 1u) << status;
        EXPECT_EQ(host.items[0].status, TL_RETRY) << status;
        EXPECT_EQ(host.items[0].message.rfind("HTTP " + std::to_string(status), 0), 0u);
    }
}

TEST(WebhookDestination, StopsForGoodWhenTheReceiverIsGone) {
    FakeHost host;
    host.answer("POST ", 410, "");
    FakeConnection webhook(host, touchline_plugin_v1(), k_settings);
    EXPECT_EQ(webhook.write({{"ev_1", "{}"}, {"ev_2", "{}"}}), TL_OK);
    EXPECT_EQ(host.requests.size(), 1u);
    ASSERT_EQ(host.items.size(), 2u);
    EXPECT_EQ(host.items[1].status, TL_END);
}

TEST(WebhookDestination, LetsTheWholeBatchWaitWhenTheReceiverAsksForTime) {
    FakeHost host;
    host.answer("POST ", Answer{503, "", {}, 30'000, TL_OK});
    FakeConnection webhook(host, touchline_plugin_v1(), k_settings);
    EXPECT_EQ(webhook.write({{"ev_1", "{}"}, {"ev_2", "{}"}}), TL_OK);
    EXPECT_EQ(host.requests.size(), 1u);
    ASSERT_EQ(host.items.size(), 2u);
    EXPECT_EQ(host.items[1].retry_after_ms, 30'000);
}

TEST(WebhookDestination, KeepsTheChangesOfOneCustomerInOrder) {
    FakeHost host;
    host.answer("POST ", 500, "");
    host.answer("POST ", 200, "");
    FakeConnection webhook(host, touchline_plugin_v1(), k_settings);
    // The fake host gives all of them the same, empty, subject.
    EXPECT_EQ(webhook.write({{"ev_1", "{}"}, {"ev_2", "{}"}}), TL_OK);
    EXPECT_EQ(host.requests.size(), 1u);
    EXPECT_EQ(host.items[1].status, TL_RETRY);
}

TEST(WebhookDestination, ReturnsWhyNothingCouldBeSent) {
    FakeHost host;
    host.answer("POST ", Answer{0, "", {}, -1, TL_UNAVAILABLE});
    FakeConnection webhook(host, touchline_plugin_v1(), k_settings);
    EXPECT_EQ(webhook.write({{"ev_1", "{}"}}), TL_UNAVAILABLE);
    EXPECT_TRUE(host.items.empty());
}

TEST(WebhookDestination, ChecksWithoutPosting) {
    FakeHost host;
    host.answer("HEAD ", 405, "");
    FakeConnection webhook(host, touchline_plugin_v1(), k_settings);
    EXPECT_EQ(webhook.check(), TL_OK);
    EXPECT_EQ(host.items[0].message, "The receiver answers (HTTP 405 to HEAD).");
}

}  // namespace
