#include "stage.hpp"

#include <gmock/gmock.h>

namespace touchline::deliver {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class DeliveryOfTypes : public test::Stage {
protected:
    void emit_types(const std::vector<std::string>& types) {
        std::vector<store::FeedWrite> entries;
        for (const auto& type : types)
            entries.push_back({type, customer("cu_a"), store::TouchpointKey::none, "{}"});
        change([&](store::Transaction& transaction) {
            ASSERT_TRUE(transaction.append_feed(entries, clock.now()));
        });
    }
    static DeliverOptions only(std::vector<std::string> types) {
        DeliverOptions options;
        options.types = std::move(types);
        return options;
    }
};

TEST_F(DeliveryOfTypes, PassesOverWhatTheFilterDoesNotName) {
    emit_types(
        {"touchline.customer.updated",
         "touchline.touchpoint.recorded",
         "touchline.customer.merged",
         "touchline.customer.updated"}
    );
    auto hook = deliverer(only({"touchline.customer.merged"}));
    run(hook);
    EXPECT_THAT(destination.attempted, ElementsAre("fe_3"));
    EXPECT_EQ(state().cursor, 4) << "what was passed over is not looked at again";
}

TEST_F(DeliveryOfTypes, TakesAStarForAnyEnding) {
    emit_types(
        {"touchline.customer.updated",
         "touchline.touchpoint.recorded",
         "touchline.customer.merged",
         "touchline.customers"}
    );
    auto hook = deliverer(only({"touchline.customer.*"}));
    run(hook);
    EXPECT_THAT(destination.attempted, ElementsAre("fe_1", "fe_3"));
}

TEST_F(DeliveryOfTypes, TakesALoneStarForAll) {
    emit_types({"touchline.customer.updated", "touchline.touchpoint.recorded"});
    auto hook = deliverer(only({"*"}));
    run(hook);
    EXPECT_THAT(destination.attempted, ElementsAre("fe_1", "fe_2"));
}

TEST_F(DeliveryOfTypes, GoesThroughALongFeedOfOtherTypes) {
    emit_types(std::vector<std::string>(25, "touchline.touchpoint.recorded"));
    emit_types({"touchline.customer.merged"});
    auto options = only({"touchline.customer.*"});
    options.batch_events = 10;
    auto hook = deliverer(options);
    run(hook);
    EXPECT_THAT(destination.attempted, ElementsAre("fe_26"));
}

TEST_F(DeliveryOfTypes, ForgetsParkedEventsThatAreNoLongerWanted) {
    emit_types({"touchline.customer.updated", "touchline.customer.merged"});
    destination.answer = [](const Event&) { return test::failing(); };
    auto before = deliverer();
    run(before);
    clock.advance(5s);
    destination.answer = [](const Event&) { return test::delivered(); };
    auto after = deliverer(only({"touchline.customer.merged"}));
    run(after);
    EXPECT_THAT(destination.attempted, ElementsAre("fe_1", "fe_2"));
    EXPECT_THAT(parked(), IsEmpty());
}

}  // namespace
}  // namespace touchline::deliver
