#include "world.hpp"

#include <gtest/gtest.h>

namespace touchline::host {
namespace {

using deliver::Outcome;

std::vector<deliver::Event> events(std::initializer_list<std::string_view> ids) {
    std::vector<deliver::Event> list;
    for (const auto id : ids) list.push_back({id, "cu_1", "touchline.customer.changed", "{}"});
    return list;
}

class HostedDestination : public ::testing::Test {
protected:
    HostedDestination()
        : probe_(*make_destination(load(TEST_PLUGINS "/test.probe.so"), acme(), world_.services())
          ) {}

    World world_;
    std::unique_ptr<deliver::Destination> probe_;
};

TEST_F(HostedDestination, TellsTheFateOfEachEvent) {
    world_.http.answer("POST https://acme.example/api/in", 202, "");
    const auto results = probe_->write(events({"a", "bad", "gone", "later", "silent"}), {});
    ASSERT_TRUE(results) << results.error().text();
    ASSERT_EQ(results->size(), 5u);
    EXPECT_EQ((*results)[0].outcome, Outcome::delivered);
    EXPECT_EQ((*results)[0].message, "HTTP 202");
    EXPECT_EQ((*results)[1].outcome, Outcome::rejected);
    EXPECT_EQ((*results)[2].outcome, Outcome::gone);
    EXPECT_EQ((*results)[3].outcome, Outcome::retry);
    EXPECT_EQ((*results)[3].retry_after, std::chrono::milliseconds(1500));
    EXPECT_EQ((*results)[4].outcome, Outcome::retry)
        << "a connector that says nothing has promised nothing";
}

TEST_F(HostedDestination, KeepsWhatIsKnownWhenTheRestFails) {
    const auto results = probe_->write(events({"bad", "stop", "later"}), {});
    ASSERT_TRUE(results);
    EXPECT_EQ((*results)[0].outcome, Outcome::rejected);
    EXPECT_EQ((*results)[1].outcome, Outcome::retry);
    EXPECT_EQ((*results)[1].message, "the line is dead");
    EXPECT_EQ((*results)[2].retry_after, std::chrono::milliseconds(2000));
    EXPECT_FALSE(probe_->write(events({"stop"}), {}));
}

TEST_F(HostedDestination, RefusesAnswersForEventsThatWereNotGiven) {
    EXPECT_FALSE(probe_->write(events({"beyond"}), {}));
}

TEST(WebhookDestination, SignsAndSendsOnce) {
    World world;
    ConnectionSetup setup;
    setup.id = "hook";
    setup.settings = R"({"url": "https://receiver.example/hook"})";
    const Secret secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    setup.credentials["receiver"] = net::WebhookSigning{{secret}};
    auto hook = make_destination(
        load(BUILT_PLUGINS "/webhook-destination.so"), std::move(setup), world.services()
    );
    ASSERT_TRUE(hook) << hook.error().text();
    net::Headers wait;
    wait.add("Retry-After", "7");
    world.http.answer("POST https://receiver.example/hook", 503, "", wait);
    const auto results = (*hook)->write(events({"ev_1"}), {});
    ASSERT_TRUE(results) << results.error().text();
    EXPECT_EQ((*results)[0].retry_after, std::chrono::seconds(7));
    ASSERT_EQ(world.http.requests.size(), 1u) << "the schedule of attempts is not this host's";
    const net::Request& sent = world.http.requests[0];
    EXPECT_EQ(sent.headers.get("webhook-id"), "ev_1");
    EXPECT_EQ(
        sent.headers.get("webhook-signature"),
        *net::sign_webhook({secret}, "ev_1", world.clock.now(), "{}")
    );
}

TEST(WebhookDestination, DoesNotFollowRedirects) {
    World world;
    auto hook = make_destination(
        load(BUILT_PLUGINS "/webhook-destination.so"),
        acme(R"({"url": "https://receiver.example/hook"})"),
        world.services()
    );
    ASSERT_TRUE(hook);
    net::Headers elsewhere;
    elsewhere.add("Location", "/hook/elsewhere");
    world.http.answer("POST https://receiver.example/hook", 302, "", elsewhere);
    const auto results = (*hook)->write(events({"ev_1"}), {});
    ASSERT_TRUE(results);
    EXPECT_EQ((*results)[0].outcome, Outcome::retry);
    EXPECT_EQ(world.http.requests.size(), 1u);
}

}  // namespace
}  // namespace touchline::host
