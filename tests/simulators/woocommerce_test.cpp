#include "subjects.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace touchline::simulated {
namespace {

class WooCommerce : public testing::Test {
protected:
    WooCommerce() { bench_.simulator().tell("seed", R"({"count": 20})"); }
    std::ptrdiff_t count(const std::string& kind, model::State state) {
        const auto output = bench_.mapped("orders");
        return std::count_if(
            output.touchpoints.begin(),
            output.touchpoints.end(),
            [&](const auto& touchpoint) {
                return touchpoint.kind == kind && touchpoint.state == state;
            }
        );
    }

    Bench bench_{subject("woocommerce")};
};

TEST_F(WooCommerce, TakesBackOrdersInTheBinAndTellsOfRefunds) {
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("order.placed", model::State::live), 80);
    bench_.simulator().tell("step");
    ASSERT_TRUE(bench_.run().empty());
    EXPECT_EQ(count("order.placed", model::State::retracted), 1);
    EXPECT_EQ(count("order.refunded", model::State::live), 1);
    EXPECT_EQ(count("order.cancelled", model::State::live), 1);
}

TEST_F(WooCommerce, FetchesTheOrderThatACallNames) {
    ASSERT_TRUE(bench_.run().empty());
    bench_.simulator().tell("step");
    const std::string id = bench_.records().at("orders").begin()->first;
    const auto taken = bench_.webhook(
        {{"x-wc-webhook-resource", "order"}}, R"({"id": )" + id + R"(, "status": "old"})"
    );
    ASSERT_TRUE(taken) << taken.error().text();
    EXPECT_EQ(bench_.seen().at("orders").at(id), bench_.truth().at("orders").at(id));
    ASSERT_TRUE(bench_.webhook({{"x-wc-webhook-resource", "customer"}}, R"({"id": 99999})"));
    EXPECT_NE(
        bench_.records().at("customers").at("99999").find("\"deleted\":true"), std::string::npos
    );
}

}  // namespace
}  // namespace touchline::simulated
