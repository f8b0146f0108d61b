#include "touchline/sdk/testing/fake_host.hpp"

#include <gtest/gtest.h>

namespace {

using touchline::sdk::testing::FakeConnection;
using touchline::sdk::testing::FakeHost;

TEST(WebhookSource, HandsAnObjectOrAListOverAsItCame) {
    for (const std::string body : {R"({"id": 1})", R"([{"id": 1}, {"id": 2}])"}) {
        FakeHost host;
        FakeConnection webhook(host, touchline_plugin_v1(), "{}");
        EXPECT_EQ(webhook.webhook("events", {{"content-type", "application/json"}}, body), TL_OK);
        ASSERT_EQ(host.pages.size(), 1u);
        EXPECT_EQ(host.pages[0].bytes, body);
        EXPECT_EQ(host.pages[0].format, TL_FORMAT_JSON);
    }
}

TEST(WebhookSource, PointsToTheRecordsInsideTheCall) {
    FakeHost host;
    FakeConnection webhook(host, touchline_plugin_v1(), R"({"records": "/data/events"})");
    EXPECT_EQ(webhook.webhook("events", {}, R"({"data": {"events": [{"id": 1}]}})"), TL_OK);
    ASSERT_EQ(host.pages.size(), 1u);
    EXPECT_EQ(host.pages[0].records, "/data/events");
}

TEST(WebhookSource, TakesOneObjectPerLine) {
    const std::string lines = "{\"id\": 1}\n{\"id\": 2}\n";
    for (const std::string type : {"application/x-ndjson; charset=utf-8", "text/plain"}) {
        FakeHost host;
        FakeConnection webhook(host, touchline_plugin_v1(), "{}");
        EXPECT_EQ(webhook.webhook("events", {{"content-type", type}}, lines), TL_OK) << type;
        ASSERT_EQ(host.pages.size(), 1u);
        EXPECT_EQ(host.pages[0].format, TL_FORMAT_NDJSON);
    }
}

TEST(WebhookSource, RefusesACallWithoutRecords) {
    FakeHost host;
    FakeConnection webhook(host, touchline_plugin_v1(), R"({"records": "/events"})");
    EXPECT_EQ(webhook.webhook("events", {}, ""), TL_BAD_DATA);
    EXPECT_EQ(webhook.webhook("events", {}, R"({"other": []})"), TL_BAD_DATA);
    EXPECT_EQ(host.error_message, "/events of the call is neither an object nor a list");
    EXPECT_EQ(webhook.webhook("events", {}, R"({"events": 7})"), TL_BAD_DATA);
    EXPECT_TRUE(host.pages.empty());
}

TEST(WebhookSource, RefusesASettingThatIsNoPointer) {
    FakeHost host;
    FakeConnection webhook(host, touchline_plugin_v1(), R"({"records": "events"})");
    EXPECT_EQ(webhook.created(), TL_CONFIG);
}

TEST(WebhookSource, HasNothingToRead) {
    FakeHost host;
    FakeConnection webhook(host, touchline_plugin_v1(), "{}");
    EXPECT_EQ(webhook.read("events"), TL_END);
    EXPECT_EQ(webhook.check(), TL_OK);
}

}  // namespace
