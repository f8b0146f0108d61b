#include "touchline/sdk/testing/fake_host.hpp"

#define TOUCHLINE_PLUGIN_ID "test.acme"
#define TOUCHLINE_PLUGIN_VERSION "1.2.3"
#include "touchline/sdk/plugin.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using namespace touchline::sdk;
using touchline::sdk::testing::FakeConnection;
using touchline::sdk::testing::FakeHost;

/// Pages by a cursor, as most sources do.
class Acme : public Source<Acme> {
public:
    static Result<std::unique_ptr<Acme>> create(const Config& config) {
        if (config.text("mode") == "refuse")
            return Error(Status::config, "this mode is not for use");
        if (config.text("mode") == "throw") throw std::runtime_error("no luck");
        auto acme = std::make_unique<Acme>();
        acme->limit_ = config.integer("limit", 50);
        return acme;
    }
    Result<std::string> check(Job& job) {
        TL_TRY(const auto me, job.get("api", "/me"));
        TL_TRY(const auto name, me.pick("/name"));
        return "Signed in as " + name.as_text() + ".";
    }
    Result<ReadEnd> read(Job& job, const ReadArgs& args) {
        if (args.stream == "throwing") throw 7;
        std::string cursor = args.state;
        do {
            HttpRequest request("api", "/" + args.stream);
            request.param("limit", std::to_string(limit_));
            if (!cursor.empty()) request.param("after", cursor);
            TL_TRY(const auto page, job.send(request));
            TL_TRY(const auto next, page.pick("/next"));
            TL_CHECK(job.page(args.stream, page.body(), "/items"));
            cursor = next.as_text();
            TL_CHECK(job.checkpoint(args.stream, 1, cursor));
        } while (!cursor.empty());
        return ReadEnd::end;
    }
    Result<void> webhook(Job& job, const Webhook& webhook) {
        return job.page(webhook.stream, webhook.body, webhook.header("x-records"));
    }

private:
    std::int64_t limit_ = 0;
};

}  // namespace

TOUCHLINE_PLUGIN(Acme)

namespace {

void script_two_pages(FakeHost& host) {
    host.answer("GET /tickets?limit=50", 200, R"({"items": [{"id": 1}], "next": "a b"})");
    host.answer(
        "GET /tickets?limit=50&after=a%20b", 200, R"({"items": [{"id": 2}], "next": null})"
    );
}

TEST(Sdk, ReadsPagesAndCheckpointsThemUntilTheEnd) {
    FakeHost host;
    script_two_pages(host);
    FakeConnection acme(host, touchline_plugin_v1(), "{}");
    EXPECT_EQ(acme.read("tickets"), TL_END);
    ASSERT_EQ(host.pages.size(), 2u);
    EXPECT_EQ(host.pages[1].records, "/items");
    EXPECT_EQ(host.checkpoints[0].state, "a b");
    EXPECT_EQ(host.open_bodies(), 0u) << "every body is released";
}

TEST(Sdk, GoesOnFromACheckpoint) {
    FakeHost host;
    script_two_pages(host);
    FakeConnection acme(host, touchline_plugin_v1(), "{}");
    EXPECT_EQ(acme.read("tickets", "a b", 1), TL_END);
    EXPECT_EQ(host.requests.size(), 1u);
}

TEST(Sdk, ReturnsTheStatusOfAFailedHostCall) {
    FakeHost host;
    host.answer("GET /me", 401, "");
    FakeConnection acme(host, touchline_plugin_v1(), "{}");
    EXPECT_EQ(acme.check(), TL_AUTH);
}

TEST(Sdk, ReportsTheSentenceOfACheck) {
    FakeHost host;
    host.answer("GET /me", 200, R"({"name": "Ana"})");
    FakeConnection acme(host, touchline_plugin_v1(), "{}");
    EXPECT_EQ(acme.check(), TL_OK);
    ASSERT_EQ(host.items.size(), 1u);
    EXPECT_EQ(host.items[0].message, "Signed in as Ana.");
}

TEST(Sdk, TurnsExceptionsIntoInternalWithTheirMessage) {
    FakeHost host;
    FakeConnection throwing(host, touchline_plugin_v1(), R"({"mode": "throw"})");
    EXPECT_EQ(throwing.created(), TL_INTERNAL);
    EXPECT_EQ(host.error_message, "the plugin threw an exception: no luck");
    FakeConnection acme(host, touchline_plugin_v1(), "{}");
    EXPECT_EQ(acme.read("throwing"), TL_INTERNAL);
    EXPECT_EQ(host.error_message, "the plugin threw something that is not an exception");
}

TEST(Sdk, RefusesSettingsWithTheAuthorsWords) {
    FakeHost host;
    FakeConnection acme(host, touchline_plugin_v1(), R"({"mode": "refuse"})");
    EXPECT_EQ(acme.created(), TL_CONFIG);
    EXPECT_EQ(host.error_message, "this mode is not for use");
}

TEST(Sdk, StopsAtWhicheverHostCallTheJobIsCancelled) {
    FakeHost counting;
    script_two_pages(counting);
    FakeConnection whole(counting, touchline_plugin_v1(), "{}");
    counting.calls = 0;
    ASSERT_EQ(whole.read("tickets"), TL_END);
    for (int call = 0; call < counting.calls; ++call) {
        FakeHost host;
        script_two_pages(host);
        FakeConnection acme(host, touchline_plugin_v1(), "{}");
        host.calls = 0;
        host.cancel_at_call = call;
        EXPECT_EQ(acme.read("tickets"), TL_CANCELLED) << call;
        EXPECT_EQ(host.calls, call + 1) << "nothing is asked of the host afterwards";
    }
}

TEST(Sdk, HandsAWebhookOnWithItsHeaders) {
    FakeHost host;
    FakeConnection acme(host, touchline_plugin_v1(), "{}");
    EXPECT_EQ(acme.webhook("tickets", {{"x-records", "/rows"}}, R"({"rows": []})"), TL_OK);
    ASSERT_EQ(host.pages.size(), 1u);
    EXPECT_EQ(host.pages[0].records, "/rows");
}

TEST(Sdk, HasNoTableForACapabilityThatIsNotThere) {
    EXPECT_EQ(touchline_plugin_v1()->capability("tl.enricher/1"), nullptr);
    EXPECT_EQ(touchline_plugin_v1()->capability(TL_DESTINATION_1), nullptr);
}

TEST(Sdk, QuotesTextsForJson) {
    std::string out;
    JsonObject(out)
        .text("a\"b", "x\\\n\x01\u00e9")
        .number("n", -3)
        .boolean("t", true)
        .raw("r", "[1]")
        .end();
    EXPECT_EQ(out, "{\"a\\\"b\":\"x\\\\\\n\\u0001\u00e9\",\"n\":-3,\"t\":true,\"r\":[1]}");
}

}  // namespace
