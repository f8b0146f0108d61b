#include "subjects.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace touchline::simulated {
namespace {

class Shopify : public testing::Test {
protected:
    Shopify() { bench_.simulator().tell("seed", R"({"count": 60})"); }
    std::ptrdiff_t count(const std::string& kind) {
        const auto output = bench_.mapped("orders");
        return std::count_if(
            output.touchpoints.begin(),
            output.touchpoints.end(),
            [&](const auto& touchpoint) { return touchpoint.kind == kind; }
        );
    }

    Bench bench_{subject("shopify")};
};

TEST_F(Shopify, TellsAnOrderFromItsParcelsAndRefunds) {
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("order.placed"), 60);
    EXPECT_EQ(count("order.shipped"), 30);
    EXPECT_EQ(count("order.refunded"), 10);
    EXPECT_EQ(count("order.cancelled"), 0);
    bench_.simulator().tell("step");
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("order.refunded"), 11);
    EXPECT_EQ(count("order.cancelled"), 1);
}

TEST_F(Shopify, WaitsUntilTheBucketHasFilledWhenItIsThrottled) {
    bench_.simulator().tell("fault", R"({"kind": "429", "at": [1, 2]})");
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(bench_.seen(), bench_.truth());
    EXPECT_GE(bench_.slept(), std::chrono::milliseconds(500)) << "it says so with status 200";
}

TEST_F(Shopify, AsksForAnOrderThatAWebhookNames) {
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("step");
    const auto& orders = bench_.records().at("orders");
    const std::string id = std::next(orders.begin())->first;
    const auto number = id.substr(id.rfind('/') + 1);
    const auto taken = bench_.webhook(
        {{"x-shopify-topic", "orders/updated"}},
        R"({"id": )" + number + R"(, "total_price": "what REST says"})"
    );
    ASSERT_TRUE(taken) << taken.error().text();
    EXPECT_EQ(bench_.seen().at("orders").at(id), bench_.truth().at("orders").at(id));
    EXPECT_TRUE(bench_.webhook({{"x-shopify-topic", "app/uninstalled"}}, "{}"));
}

TEST_F(Shopify, TakesAnOrderBackThatAWebhookSaysIsDeleted) {
    ASSERT_TRUE(bench_.run().empty());
    const auto taken = bench_.webhook({{"x-shopify-topic", "orders/delete"}}, R"({"id": 99})");
    ASSERT_TRUE(taken) << taken.error().text();
    EXPECT_NE(
        bench_.records().at("orders").at("gid://shopify/Order/99").find("\"deleted\":true"),
        std::string::npos
    );
}

}  // namespace
}  // namespace touchline::simulated
