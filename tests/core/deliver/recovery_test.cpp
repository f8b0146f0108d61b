#include "touchline/deliver/recovery.hpp"

#include "stage.hpp"

#include <gmock/gmock.h>

namespace touchline::deliver {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Recovery : public test::Stage {};

TEST_F(Recovery, ARejectedDeliveryGoesOutAgainUnderItsOldId) {
    bool rejects = true;
    destination.answer = [&](const Event& event) {
        return event.subject == "cu_a" && rejects ? ItemResult{Outcome::rejected, "HTTP 400", {}}
                                                  : test::delivered();
    };
    emit({"cu_a", "cu_b"});
    auto hook = deliverer();
    run(hook);
    ASSERT_EQ(dead().size(), 1u);
    const store::DeadLetter letter = dead().front();
    EXPECT_EQ(letter.stage, "deliver");
    rejects = false;
    ASSERT_TRUE(retry_delivery(*store_, letter.key, clock.now()));
    run(hook);
    EXPECT_THAT(destination.delivered["cu_a"], ElementsAre("fe_1"));
    EXPECT_THAT(dead(), IsEmpty());
}

TEST_F(Recovery, ARecordIsNoDelivery) {
    change([&](store::Transaction& transaction) {
        store::DeadLetterWrite letter;
        letter.connection = "hook";
        letter.stage = "map";
        letter.raw = "{}";
        ASSERT_TRUE(transaction.put_dead_letters(std::span(&letter, 1), clock.now()));
    });
    const auto done = retry_delivery(*store_, dead().front().key, clock.now());
    EXPECT_EQ(done.error().code(), Code::bad_data);
    const auto missing = retry_delivery(*store_, store::DeadLetterKey{99}, clock.now());
    EXPECT_EQ(missing.error().code(), Code::not_found);
}

TEST_F(Recovery, ADisabledDestinationGoesOnFromWhereItStopped) {
    destination.answer = [](const Event&) { return ItemResult{Outcome::gone, "HTTP 410", {}}; };
    emit({"cu_a"});
    auto hook = deliverer();
    EXPECT_FALSE(run(hook).enabled);
    destination.answer = [](const Event&) { return test::delivered(); };
    EXPECT_FALSE(run(hook).enabled) << "nobody has asked for it";
    ASSERT_TRUE(enable_destination(*store_, "hook"));
    EXPECT_TRUE(run(hook).enabled);
    EXPECT_THAT(destination.delivered["cu_a"], ElementsAre("fe_1"));
}

}  // namespace
}  // namespace touchline::deliver
