// Which recorded answer a request gets.
#include "replay.hpp"

#include <gtest/gtest.h>

namespace touchline::check {
namespace {

class Played : public testing::Test {
protected:
    void record(const std::string& url, const std::string& answer) {
        Exchange exchange;
        exchange.url = url;
        exchange.answer.body = answer;
        cassette_.exchanges.push_back(exchange);
    }
    std::string answer(const std::string& url) {
        const auto response = replay_.send({"GET", url, {}, ""}, {}, {});
        return response ? response->body : "none";
    }

    Cassette cassette_;
    Replay replay_{cassette_};
};

TEST_F(Played, AnswersInTheirOrderOfWhichTheLastOneStays) {
    record("https://a.example/x", "first");
    record("https://a.example/y", "other");
    record("https://a.example/x", "last");
    EXPECT_EQ(answer("https://a.example/x"), "first");
    EXPECT_EQ(answer("https://a.example/x"), "last");
    EXPECT_EQ(answer("https://a.example/x"), "last");
    EXPECT_EQ(answer("https://a.example/x?page=2"), "none");
}

TEST_F(Played, AStarIsAnyValueOfItsParameterAndOfNoOther) {
    record("https://a.example/x?from=*&until=*&limit=5", "first");
    record("https://a.example/x?from=*&until=*&limit=5", "second");
    EXPECT_EQ(answer("https://a.example/x?from=1&until=2&limit=5"), "first");
    EXPECT_EQ(answer("https://a.example/x?from=3&until=&limit=5"), "second");
    EXPECT_EQ(answer("https://a.example/x?from=1&until=2&limit=6"), "none");
    EXPECT_EQ(answer("https://a.example/x?from=1&limit=5"), "none");
}

}  // namespace
}  // namespace touchline::check
