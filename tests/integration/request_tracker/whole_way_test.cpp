// The whole way, every part of it real: Request Tracker 5, the built program as a process of its
// own, and a receiver of signed webhooks.
#include "daemon.hpp"
#include "eventually.hpp"
#include "receiver.hpp"
#include "rt_server.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <map>

namespace touchline::rt_test {
namespace {

using integration::Daemon;
using integration::Delivery;
using integration::eventually;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

constexpr const char* k_secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

#define ASSERT_FINE(...)                                        \
    do {                                                        \
        const auto fine_ = (__VA_ARGS__);                       \
        ASSERT_TRUE(fine_.has_value()) << fine_.error().text(); \
    } while (false)

class WholeWay : public testing::Test {
protected:
    void SetUp() override {
        http_ = std::move(net::make_http_client()).value();
        auto server = RtServer::start(*http_);
        ASSERT_TRUE(server) << server.error().text();
        rt_ = std::move(*server);
        receiver_ = std::move(integration::Receiver::start(Secret(k_secret))).value();
        folder_.write("secrets.env", "RT=" + rt_->reader_token() + "\nHOOK=" + k_secret + "\n");
        folder_.write("touchline.yaml", R"(version: 1
secrets: {file: secrets.env}
departments: {support: Support}
connections:
  rt:
    plugin: request-tracker
    department: support
    settings: {url: ")" + rt_->url() + R"("}
    auth: {kind: token, prefix: token, secret: "${secret:RT}"}
    allow_private_network: true
    streams: {transactions: {schedule: 1s}, tickets: {schedule: 1s}, users: {schedule: 1s}}
destinations:
  receiver:
    plugin: webhook-destination
    settings: {url: ")" + receiver_->url() + R"(/hook"}
    auth: {kind: standard-webhooks, secret: "${secret:HOOK}"}
    allow_private_network: true
)");
    }
    void TearDown() override {
        if (HasFailure() && daemon_) std::cerr << daemon_->log();
    }

    void start_daemon() {
        auto daemon = Daemon::start(*http_, folder_.path());
        ASSERT_TRUE(daemon) << daemon.error().text();
        daemon_ = std::move(*daemon);
    }
    /// A mail from `email` to the support address has become a case of a customer.
    std::string customer_after_mail(const std::string& email, const std::string& subject) {
        const auto sent = rt_->mail(email, subject, "It burns.");
        EXPECT_TRUE(sent) << sent.error().text();
        std::string customer;
        EXPECT_TRUE(eventually([&] {
            customer = daemon_->customer_of(email);
            return !customer.empty() && daemon_->kinds_of(customer).size() == 2;
        })) << "the case of "
            << email << " is not in the timeline";
        return customer;
    }
    /// The kinds of the touchpoints of which the receiver has heard for a customer, sorted.
    std::vector<std::string> received_by_kind(const std::string& customer) const {
        std::map<std::string, std::string> kinds;
        for (const auto& event : receiver_->accepted())
            if (event.subject == customer && !event.touchpoint.empty())
                kinds[event.touchpoint] = event.kind;
        std::vector<std::string> sorted;
        for (const auto& [touchpoint, kind] : kinds) sorted.push_back(kind);
        std::ranges::sort(sorted);
        return sorted;
    }
    /// The events that told of touchpoints of a kind, or of any, without repetitions. A case that
    /// changes is told again.
    std::ptrdiff_t events_about(const std::string& customer, std::string_view kind = {}) const {
        const auto accepted = receiver_->accepted();
        return std::ranges::count_if(accepted, [&](const Delivery& event) {
            return event.subject == customer && !event.touchpoint.empty() &&
                   (kind.empty() || event.kind == kind);
        });
    }

    integration::ScratchFolder folder_;
    std::unique_ptr<net::HttpClient> http_;
    std::unique_ptr<RtServer> rt_;
    std::unique_ptr<Daemon> daemon_;
    // Last: it stops before the daemon goes away, which it may kill.
    std::unique_ptr<integration::Receiver> receiver_;
};

std::vector<int> answers_to(const std::vector<Delivery>& deliveries, const std::string& id) {
    std::vector<int> answers;
    for (const auto& delivery : deliveries)
        if (delivery.id == id) answers.push_back(delivery.status);
    return answers;
}

TEST_F(WholeWay, FollowsACaseFromItsOpeningToItsEnd) {
    receiver_->answer_with([refused = std::make_shared<std::atomic<bool>>()](const Delivery&) {
        return refused->exchange(true) ? 204 : 500;
    });
    start_daemon();
    if (HasFatalFailure()) return;
    ASSERT_FINE(rt_->send(
        "POST",
        "ticket",
        R"({"Queue":"General","Requestor":["ana@globex.test"],"Subject":"Printer on fire",)"
        R"("Content":"Ana called.","ContentType":"text/plain"})"
    ));
    std::string ana;
    ASSERT_TRUE(eventually([&] {
        ana = daemon_->customer_of("ana@globex.test");
        return !ana.empty() && daemon_->kinds_of(ana).size() == 2;
    })) << "the new ticket is not in the timeline";
    EXPECT_THAT(daemon_->kinds_of(ana), ElementsAre("case.opened", "note.added"));

    ASSERT_FINE(rt_->send(
        "POST", "ticket/1/correspond", R"({"Content":"Pour water.","ContentType":"text/plain"})"
    ));
    ASSERT_FINE(rt_->mail("ana@globex.test", "Re: [test #1] Printer on fire", "Thanks!"));
    ASSERT_FINE(rt_->send("PUT", "ticket/1", R"({"Status":"resolved"})"));
    const std::vector<std::string> all{
        "case.opened", "case.solved", "message.sent", "message.sent", "note.added"};
    EXPECT_TRUE(eventually([&] { return daemon_->kinds_of(ana) == all; }))
        << testing::PrintToString(daemon_->kinds_of(ana));
    EXPECT_TRUE(eventually([&] { return received_by_kind(ana).size() >= all.size(); }));
    EXPECT_EQ(received_by_kind(ana), all);
    EXPECT_EQ(events_about(ana, "message.sent"), 2);
    EXPECT_EQ(events_about(ana, "case.solved"), 1);

    const auto deliveries = receiver_->deliveries();
    EXPECT_THAT(deliveries, Each(Field(&Delivery::fault, IsEmpty())));
    EXPECT_THAT(answers_to(deliveries, deliveries.front().id), ElementsAre(500, 204));
    EXPECT_THAT(integration::out_of_order(receiver_->accepted()), IsEmpty());
    EXPECT_EQ(daemon_->stop(), 0);
}

TEST_F(WholeWay, FollowsAMergeOfUsers) {
    start_daemon();
    if (HasFatalFailure()) return;
    const std::string work = customer_after_mail("ana@globex.test", "Printer on fire");
    const std::string home = customer_after_mail("ana@home.test", "Still on fire");
    ASSERT_NE(work, home);
    const auto survivor = rt_->user_id("ana@globex.test");
    const auto absorbed = rt_->user_id("ana@home.test");
    ASSERT_TRUE(survivor && absorbed);
    ASSERT_FINE(rt_->send(
        "PUT",
        "user/" + *survivor,
        R"({"Comments":"ana@home.test ()" + *absorbed + R"() merged into this user"})"
    ));

    ASSERT_TRUE(eventually([&] {
        const auto ana = daemon_->customer_of("ana@globex.test");
        return !ana.empty() && ana == daemon_->customer_of("ana@home.test");
    })) << "the two are still two customers";
    const std::string ana = daemon_->customer_of("ana@home.test");
    const std::string old = ana == work ? home : work;
    EXPECT_THAT(
        daemon_->kinds_of(ana),
        ElementsAre("case.opened", "case.opened", "message.sent", "message.sent")
    );
    EXPECT_EQ(daemon_->kinds_of(old), daemon_->kinds_of(ana)) << "the old id leads to the same";
    const auto customer = daemon_->get("customers/" + old);
    ASSERT_TRUE(customer) << customer.error().text();
    EXPECT_EQ(json::find(customer->root(), "/id")->as_string(), ana);
    EXPECT_EQ(json::find(customer->root(), "/aliases")->text(), "[\"" + old + "\"]");

    const auto is_merge = [&](const Delivery& delivery) {
        return delivery.type == "touchline.customer.merged";
    };
    ASSERT_TRUE(eventually([&] { return std::ranges::any_of(receiver_->accepted(), is_merge); }));
    const auto accepted = receiver_->accepted();
    const auto merge = std::ranges::find_if(accepted, is_merge);
    EXPECT_EQ(merge->subject, ana);
    EXPECT_THAT(merge->body, testing::HasSubstr("{\"merged\":\"" + old + "\"}"));
    EXPECT_THAT(receiver_->deliveries(), Each(Field(&Delivery::fault, IsEmpty())));
    EXPECT_THAT(integration::out_of_order(accepted), IsEmpty());
}

TEST_F(WholeWay, LosesAndDoublesNothingWhenKilled) {
    start_daemon();
    if (HasFatalFailure()) return;
    const std::string ana = customer_after_mail("ana@globex.test", "Printer on fire");
    ASSERT_TRUE(eventually([&] { return received_by_kind(ana).size() == 2; }));
    // The receiver has it, the daemon never hears so.
    const auto unheard = std::make_shared<std::string>();
    receiver_->answer_with([this, unheard](const Delivery& delivery) {
        if (delivery.kind == "message.sent" && unheard->empty()) {
            *unheard = delivery.id;
            daemon_->kill();
        }
        return 204;
    });
    ASSERT_FINE(rt_->mail("bo@initech.test", "No paper", "None at all."));
    ASSERT_TRUE(eventually([&] { return !daemon_->is_running(); }));
    ASSERT_FINE(rt_->mail("ana@globex.test", "Re: [test #1] Printer on fire", "Hello?"));
    start_daemon();
    if (HasFatalFailure()) return;
    const std::string cy = customer_after_mail("cy@hooli.test", "No ink");

    const std::vector<std::string> two{"case.opened", "message.sent"};
    const std::vector<std::string> three{"case.opened", "message.sent", "message.sent"};
    const std::string bo = daemon_->customer_of("bo@initech.test");
    const std::map<std::string, std::vector<std::string>> expected{
        {ana, three}, {bo, two}, {cy, two}};
    for (const auto& [customer, kinds] : expected) {
        EXPECT_EQ(daemon_->kinds_of(customer), kinds);
        EXPECT_TRUE(eventually([&, &who = customer, count = kinds.size()] {
            return received_by_kind(who).size() >= count;
        }));
        EXPECT_EQ(received_by_kind(customer), kinds);
    }
    EXPECT_EQ(events_about(bo), 2) << "nothing doubles, but for repetitions under the same id";
    EXPECT_EQ(events_about(cy), 2);
    EXPECT_EQ(events_about(ana, "message.sent"), 2);
    EXPECT_THAT(answers_to(receiver_->deliveries(), *unheard), ElementsAre(204, 204));
    EXPECT_THAT(receiver_->deliveries(), Each(Field(&Delivery::fault, IsEmpty())));
    EXPECT_THAT(integration::out_of_order(receiver_->accepted()), IsEmpty());
}

}  // namespace
}  // namespace touchline::rt_test
