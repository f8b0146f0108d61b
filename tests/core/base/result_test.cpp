#include "touchline/base/result.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace touchline {
namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return Error(Code::bad_data, std::to_string(number) + " is odd");
    return number / 2;
}

Result<int> quarter(int number) {
    TOUCHLINE_TRY(const int once, half(number).with("halving"));
    TOUCHLINE_TRY(const int twice, half(once).with("halving again"));
    return twice;
}

TEST(Result, CarriesAValueOrAnError) {
    EXPECT_EQ(*half(8), 4);
    EXPECT_FALSE(half(7).has_value());
    EXPECT_EQ(half(7).value_or(-1), -1);
}

TEST(Result, KeepsTheContextOfEveryLayerOutermostFirst) {
    auto result = quarter(6).with("dividing");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().text(), "dividing: halving again: 3 is odd");
    EXPECT_EQ(result.error().code(), Code::bad_data);
}

TEST(Result, MovesWhatCannotBeCopied) {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
    const std::unique_ptr<int> taken = std::move(result).value();
    EXPECT_EQ(*taken, 7);
}

TEST(Error, CarriesPlaceCureAndDelay) {
    const Error error = Error(Code::rate_limited, "too many requests")
                            .after(std::chrono::seconds(3))
                            .at({"touchline.yaml", 4, 7})
                            .cure("Lower limits.requests.");
    EXPECT_EQ(error.retry_after(), std::chrono::milliseconds(3000));
    EXPECT_EQ(error.place()->line, 4);
    EXPECT_EQ(error.cure(), "Lower limits.requests.");
}

TEST(ResultDeathTest, ReadingTheValueOfAnErrorEndsTheProcess) {
    EXPECT_DEATH({ (void)half(7).value(); }, "assertion failed");
}

}  // namespace
}  // namespace touchline
