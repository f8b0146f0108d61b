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

class HostedDestination : public ::testing::TestWithParam<Mode> {
protected:
    HostedDestination() : probe_(must(open(acme(), TEST_PLUGINS "/test.probe.so"))) {}

    Result<std::unique_ptr<deliver::Destination>> open(
        ConnectionSetup setup, const std::string& plugin = BUILT_PLUGINS "/webhook-destination.so"
    ) {
        return open_destination(GetParam(), plugin, std::move(setup), world_.services());
    }

    World world_;
    std::unique_ptr<deliver::Destination> probe_;
};

TEST_P(HostedDestination, TellsTheFateOfEachEvent) {
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

TEST_P(HostedDestination, ReadsNoMoreOfAStructThanItsSenderKnew) {
    const auto results = probe_->write(events({"old"}), {});
    ASSERT_TRUE(results) << results.error().text();
    EXPECT_EQ((*results)[0].outcome, Outcome::delivered);
}

TEST_P(HostedDestination, KeepsWhatIsKnownWhenTheRestFails) {
    const auto results = probe_->write(events({"bad", "stop", "later"}), {});
    ASSERT_TRUE(results);
    EXPECT_EQ((*results)[0].outcome, Outcome::rejected);
    EXPECT_EQ((*results)[1].outcome, Outcome::retry);
    EXPECT_EQ((*results)[1].message, "the line is dead");
    EXPECT_EQ((*results)[2].retry_after, std::chrono::milliseconds(2000));
    EXPECT_FALSE(probe_->write(events({"stop"}), {}));
}

TEST_P(HostedDestination, RefusesAnswersForEventsThatWereNotGiven) {
    EXPECT_FALSE(probe_->write(events({"beyond"}), {}));
}

TEST_P(HostedDestination, OfWebhooksSignsAndSendsOnce) {
    ConnectionSetup setup;
    setup.id = "hook";
    setup.settings = R"({"url": "https://receiver.example/hook"})";
    const Secret secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    setup.credentials["receiver"] = net::WebhookSigning{{secret}};
    auto hook = open(std::move(setup));
    ASSERT_TRUE(hook) << hook.error().text();
    net::Headers wait;
    wait.add("Retry-After", "7");
    world_.http.answer("POST https://receiver.example/hook", 503, "", wait);
    const auto results = (*hook)->write(events({"ev_1"}), {});
    ASSERT_TRUE(results) << results.error().text();
    EXPECT_EQ((*results)[0].retry_after, std::chrono::seconds(7));
    ASSERT_EQ(world_.http.requests.size(), 1u) << "the schedule of attempts is not this host's";
    const net::Request& sent = world_.http.requests[0];
    EXPECT_EQ(sent.headers.get("webhook-id"), "ev_1");
    EXPECT_EQ(
        sent.headers.get("webhook-signature"),
        *net::sign_webhook({secret}, "ev_1", world_.clock.now(), "{}")
    );
}

TEST_P(HostedDestination, OfWebhooksDoesNotFollowRedirects) {
    auto hook = open(acme(R"({"url": "https://receiver.example/hook"})"));
    ASSERT_TRUE(hook);
    net::Headers elsewhere;
    elsewhere.add("Location", "/hook/elsewhere");
    world_.http.answer("POST https://receiver.example/hook", 302, "", elsewhere);
    const auto results = (*hook)->write(events({"ev_1"}), {});
    ASSERT_TRUE(results);
    EXPECT_EQ((*results)[0].outcome, Outcome::retry);
    EXPECT_EQ(world_.http.requests.size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(
    , HostedDestination, ::testing::Values(Mode::in_process, Mode::isolated), name_of
);

}  // namespace
}  // namespace touchline::host
