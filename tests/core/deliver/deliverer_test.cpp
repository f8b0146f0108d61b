#include "touchline/deliver/deliverer.hpp"

#include "stage.hpp"

#include <gmock/gmock.h>

namespace touchline::deliver {
namespace {

using namespace std::chrono_literals;
using test::failing;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Delivery : public test::Stage {};

TEST_F(Delivery, BringsEveryEventOnce) {
    emit({"cu_a", "cu_b", "cu_a"});
    auto hook = deliverer();
    EXPECT_EQ(run(hook).problem, "");
    EXPECT_THAT(destination.delivered["cu_a"], ElementsAre("fe_1", "fe_3"));
    EXPECT_THAT(destination.delivered["cu_b"], ElementsAre("fe_2"));
    run(hook);
    EXPECT_EQ(destination.delivered_count(), 3u);
    EXPECT_THAT(
        destination.last_body, HasSubstr(R"("type":"touchline.customer.updated","subject":"cu_a")")
    );
}

TEST_F(Delivery, DoesNothingWhereNothingIsNew) {
    auto hook = deliverer();
    const auto report = step(hook);
    EXPECT_FALSE(report.more);
    EXPECT_FALSE(report.next_at);
    EXPECT_THAT(destination.writes, IsEmpty());
}

TEST_F(Delivery, GoesOnAfterARestartWhereItStopped) {
    emit({"cu_a", "cu_b"});
    auto first = deliverer();
    run(first);
    emit({"cu_c"});
    auto second = deliverer();
    run(second);
    EXPECT_THAT(destination.attempted, ElementsAre("fe_1", "fe_2", "fe_3"));
}

TEST_F(Delivery, KeepsBatchesToTheirLimits) {
    std::vector<std::string> customers;
    for (int i = 0; i < 25; ++i) customers.push_back("cu_" + std::to_string(i));
    emit(customers);
    DeliverOptions options;
    options.batch_events = 10;
    auto by_count = deliverer(options);
    run(by_count);
    EXPECT_THAT(destination.writes, ElementsAre(10, 10, 5));
    options.batch_events = 500;
    options.batch_bytes = 1000;
    destination.writes.clear();
    Deliverer by_bytes(
        "other", destination, *store_, [] { return 0.0; }, options
    );
    run(by_bytes);
    EXPECT_THAT(destination.writes, testing::Each(testing::Lt(4u)));
    EXPECT_EQ(destination.delivered_count(), 50u);
}

TEST_F(Delivery, TriesAgainByTheScheduleUnderTheSameId) {
    emit({"cu_a"});
    destination.answer = [](const Event&) { return failing(); };
    auto hook = deliverer();
    auto report = run(hook);
    EXPECT_EQ(report.parked, 1u);
    EXPECT_EQ(report.next_at, clock.now() + 5s);
    EXPECT_THAT(parked(), SizeIs(1));
    run(hook);
    EXPECT_THAT(destination.attempted, SizeIs(1)) << "not before it is due";
    clock.advance(5s);
    report = run(hook);
    EXPECT_EQ(report.next_at, clock.now() + 5min);
    EXPECT_THAT(destination.attempted, ElementsAre("fe_1", "fe_1"));
    clock.advance(5min);
    destination.answer = [](const Event&) { return test::delivered(); };
    EXPECT_EQ(run(hook).parked, 0u);
    EXPECT_THAT(parked(), IsEmpty());
}

TEST_F(Delivery, WaitsAsLongAsTheReceiverAsks) {
    emit({"cu_a"});
    destination.answer = [](const Event&) { return ItemResult{Outcome::retry, "HTTP 429", 90s}; };
    auto hook = deliverer();
    EXPECT_EQ(run(hook).next_at, clock.now() + 90s);
}

TEST_F(Delivery, MakesADeadLetterOfAnEventThatIsExhausted) {
    emit({"cu_a"});
    destination.answer = [](const Event&) { return failing("HTTP 500 from https://hook.example"); };
    auto hook = deliverer();
    for (int i = 0; i < 12; ++i) {
        run(hook);
        clock.advance(25h);
    }
    EXPECT_THAT(destination.attempted, SizeIs(10));
    ASSERT_THAT(dead(), SizeIs(1));
    const auto letter = dead().front();
    EXPECT_EQ(letter.connection, "hook");
    EXPECT_EQ(letter.stream, "cu_a");
    EXPECT_EQ(letter.external_id, "fe_1");
    EXPECT_EQ(letter.stage, "deliver");
    EXPECT_EQ(letter.code, "exhausted");
    EXPECT_EQ(letter.message, "Tried 10 times, the last time: HTTP 500 from https://hook.example");
    EXPECT_THAT(parked(), IsEmpty());
}

TEST_F(Delivery, MakesADeadLetterOfARejectedEventAndGoesOn) {
    emit({"cu_a", "cu_a"});
    destination.answer = [](const Event& event) {
        return event.id == "fe_1" ? ItemResult{Outcome::rejected, "HTTP 422", {}}
                                  : test::delivered();
    };
    auto hook = deliverer();
    run(hook);
    ASSERT_THAT(dead(), SizeIs(1));
    EXPECT_EQ(dead().front().code, "rejected");
    EXPECT_THAT(destination.delivered["cu_a"], ElementsAre("fe_2"));
}

TEST_F(Delivery, StopsWhereTheReceiverIsGoneUntilItIsEnabledAgain) {
    emit({"cu_a", "cu_b", "cu_c"});
    destination.answer = [](const Event& event) {
        return event.subject == "cu_b" ? ItemResult{Outcome::gone, "HTTP 410", {}}
                                       : test::delivered();
    };
    auto hook = deliverer();
    EXPECT_FALSE(run(hook).enabled);
    EXPECT_FALSE(state().enabled);
    EXPECT_EQ(state().reason, "HTTP 410");
    emit({"cu_d"});
    EXPECT_FALSE(run(hook).enabled);
    EXPECT_THAT(destination.writes, SizeIs(1));
    destination.answer = [](const Event&) { return test::delivered(); };
    ASSERT_TRUE(hook.enable());
    EXPECT_TRUE(run(hook).enabled);
    EXPECT_THAT(destination.attempted, ElementsAre("fe_1", "fe_2", "fe_3", "fe_2", "fe_4"));
}

TEST_F(Delivery, HoldsTheFeedBackDuringAnOutage) {
    emit({"cu_a", "cu_b", "cu_c", "cu_d"});
    destination.open = [](auto) {
        return Result<void>(Error(Code::unavailable, "connection refused"));
    };
    auto hook = deliverer();
    auto report = run(hook);
    EXPECT_EQ(report.problem, "connection refused");
    EXPECT_EQ(report.next_at, clock.now() + 5s);
    EXPECT_EQ(report.parked, 0u);
    EXPECT_EQ(state().cursor, 0);
    clock.advance(4s);
    run(hook);
    EXPECT_THAT(destination.writes, SizeIs(1));
    clock.advance(1s);
    EXPECT_EQ(run(hook).next_at, clock.now() + 5min);
    for (int i = 0; i < 3; ++i) {
        clock.advance(5min);
        EXPECT_EQ(run(hook).next_at, clock.now() + 5min) << "an outage is looked at often";
    }
    clock.advance(5min);
    destination.open = [](auto) { return Result<void>(); };
    run(hook);
    EXPECT_EQ(destination.delivered_count(), 4u);
}

TEST_F(Delivery, FindsTheOneEventOnWhichTheDestinationFailsAltogether) {
    emit({"cu_a", "cu_poison", "cu_b", "cu_c"});
    destination.open = [](std::span<const Event> events) {
        const bool poisoned =
            std::ranges::any_of(events, [](const Event& e) { return e.subject == "cu_poison"; });
        return poisoned ? Result<void>(Error(Code::internal, "the connector ended"))
                        : Result<void>();
    };
    DeliverOptions options;
    options.batch_events = 4;
    auto hook = deliverer(options);
    for (int i = 0; i < 200; ++i) {
        run(hook);
        clock.advance(1h);
    }
    EXPECT_EQ(destination.delivered_count(), 3u);
    ASSERT_THAT(dead(), SizeIs(1));
    EXPECT_EQ(dead().front().stream, "cu_poison");
}

TEST_F(Delivery, SendsATouchpointAsItIsNow) {
    const auto owner = customer("cu_a");
    change([&](store::Transaction& transaction) {
        const auto source = transaction.source("crm-eu", "calls").value();
        store::RawRecord record;
        record.external_id = "1";
        record.length = 2;
        store::IdentityName name;
        name.ns = "crm.contact";
        name.value = "cu_a";
        store::TouchpointWrite row;
        row.record = transaction.put_raw(source, "{}", std::span(&record, 1), clock.now())
                         .value()
                         .front()
                         .key;
        row.identity = transaction.intern(std::span(&name, 1), clock.now()).value().front().key;
        row.occurred_at = clock.now() - 1h;
        row.kind = "call.missed";
        row.channel = "phone";
        row.data = R"({"id":"tp_x","source":{"connection":"crm-eu"}})";
        const auto written =
            transaction.put_touchpoints(std::span(&row, 1), clock.now()).value().front();
        const store::FeedWrite entry{"touchline.touchpoint.recorded", owner, written.key, {}};
        ASSERT_TRUE(transaction.append_feed(std::span(&entry, 1), clock.now()));
    });
    auto hook = deliverer();
    run(hook);
    EXPECT_THAT(destination.delivered["cu_a"], ElementsAre("tp_x.1"));
    for (const auto* part :
         {R"("source":"/connections/crm-eu")",
          R"("time":"2026-10-02T08:00:00Z")",
          R"("recordedtime":"2026-10-02T09:00:00Z")",
          R"("dataschema":"https://touchline.example/schema/)",
          R"("data":{"id":"tp_x","source":{"connection":"crm-eu"}})"})
        EXPECT_THAT(destination.last_body, HasSubstr(part));
}

TEST_F(Delivery, TakesAWrongNumberOfAnswersForAnOutage) {
    class Silent final : public Destination {
    public:
        Result<std::string> check(std::stop_token) override { return std::string(); }
        Result<std::vector<ItemResult>> write(std::span<const Event>, std::stop_token) override {
            return std::vector<ItemResult>();
        }
    } silent;
    emit({"cu_a", "cu_b"});
    Deliverer hook("hook", silent, *store_, [] { return 0.0; });
    EXPECT_EQ(step(hook).problem, "the destination answered 0 results for 2 events");
    EXPECT_EQ(state().cursor, 0);
}

TEST_F(Delivery, LeavesTheFeedWhereItIsWhenAskedToStop) {
    emit({"cu_a"});
    auto hook = deliverer();
    std::stop_source stop;
    stop.request_stop();
    ASSERT_TRUE(hook.step(clock.now(), stop.get_token()));
    EXPECT_THAT(destination.writes, IsEmpty());
    EXPECT_EQ(state().cursor, 0);
    run(hook);
    EXPECT_EQ(destination.delivered_count(), 1u);
}

}  // namespace
}  // namespace touchline::deliver
