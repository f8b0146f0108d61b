#include "stage.hpp"

#include <gmock/gmock.h>

#include <random>
#include <set>

namespace touchline::deliver {
namespace {

using namespace std::chrono_literals;
using test::failing;
using testing::ElementsAre;
using testing::IsEmpty;

class DeliveryOrder : public test::Stage {};

TEST_F(DeliveryOrder, ACustomersEventsWaitBehindTheFailedOneWhileOthersGoOn) {
    bool down = true;
    destination.answer = [&](const Event& event) {
        return event.subject == "cu_a" && down ? failing() : test::delivered();
    };
    emit({"cu_a", "cu_b", "cu_a", "cu_b"});
    auto hook = deliverer();
    run(hook);
    emit({"cu_a", "cu_b"});
    const auto report = run(hook);
    EXPECT_THAT(destination.delivered["cu_a"], IsEmpty());
    EXPECT_THAT(destination.delivered["cu_b"], ElementsAre("fe_2", "fe_4", "fe_6"));
    EXPECT_EQ(report.parked, 3u);
    down = false;
    clock.advance(5s);
    run(hook);
    EXPECT_THAT(destination.delivered["cu_a"], ElementsAre("fe_1", "fe_3", "fe_5"));
}

TEST_F(DeliveryOrder, OneWriteNeverHoldsTwoEventsOfACustomer) {
    emit({"cu_a", "cu_a", "cu_a", "cu_b"});
    auto hook = deliverer();
    run(hook);
    EXPECT_THAT(destination.writes, ElementsAre(2, 1, 1));
}

TEST_F(DeliveryOrder, CustomersThatBecameOneKeepTheOrderOfTheFeed) {
    bool down = true;
    destination.answer = [&](const Event&) { return down ? failing() : test::delivered(); };
    emit({"cu_old", "cu_young", "cu_old"});
    auto hook = deliverer();
    run(hook);
    change([&](store::Transaction& transaction) {
        ASSERT_TRUE(transaction.set_alias(customer("cu_young"), customer("cu_old")));
    });
    down = false;
    clock.advance(1h);
    run(hook);
    EXPECT_THAT(destination.delivered["cu_old"], ElementsAre("fe_1", "fe_2", "fe_3"));
}

TEST_F(DeliveryOrder, ALongLaneIsBroughtInSeveralSteps) {
    emit(std::vector<std::string>(40, "cu_a"));
    auto hook = deliverer();
    EXPECT_EQ(step(hook).delivered, 16u);
    run(hook);
    EXPECT_EQ(destination.delivered["cu_a"].size(), 40u);
}

TEST_F(DeliveryOrder, HoldsWithAnyFailuresAndRestartsAndNothingIsLost) {
    std::mt19937 random(5);
    destination.answer = [&](const Event&) -> ItemResult {
        switch (random() % 5) {
            case 0:
                return failing();
            case 1:
                return {Outcome::retry, "HTTP 429", std::chrono::milliseconds(random() % 100000)};
            default:
                return test::delivered();
        }
    };
    destination.open = [&](auto) {
        return random() % 6 == 0 ? Result<void>(Error(Code::unavailable, "connection reset"))
                                 : Result<void>();
    };
    std::size_t emitted = 0;
    DeliverOptions options;
    options.batch_events = 20;
    for (int round = 0; round < 40; ++round) {
        std::vector<std::string> customers;
        for (auto i = random() % 30; i > 0; --i)
            customers.push_back("cu_" + std::to_string(random() % 12));
        emitted += customers.size();
        if (!customers.empty()) emit(customers);
        auto hook = deliverer(options);
        for (auto i = random() % 5; i > 0; --i) {
            step(hook);
            clock.advance(std::chrono::minutes(random() % 20));
        }
    }
    destination.answer = [](const Event&) { return test::delivered(); };
    destination.open = [](auto) { return Result<void>(); };
    auto hook = deliverer(options);
    for (int i = 0; i < 200; ++i) {
        step(hook);
        clock.advance(24h);
    }
    EXPECT_EQ(destination.delivered_count() + dead().size(), emitted);
    std::set<std::string> once;
    for (const auto& [customer, ids] : destination.delivered) {
        int last = 0;
        for (const auto& id : ids) {
            const auto position = std::stoi(id.substr(3));
            EXPECT_GT(position, last) << customer;
            last = position;
            EXPECT_TRUE(once.insert(id).second) << "without a crash nothing comes twice";
        }
    }
}

}  // namespace
}  // namespace touchline::deliver
