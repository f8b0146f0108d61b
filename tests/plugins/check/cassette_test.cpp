#include "touchline/check/cassette.hpp"

#include <gtest/gtest.h>

namespace touchline::check {
namespace {

TEST(Cassette, ReadsBackWhatItWrites) {
    Cassette cassette;
    cassette.name = "all";
    cassette.about = "Everything that a cassette may hold.";
    cassette.settings = R"({"url":"https://acme.example"})";
    cassette.streams = {"things"};
    Exchange exchange;
    exchange.url = "https://acme.example/things";
    exchange.answer.headers = {{"Link", "<https://acme.example/things?page=2>; rel=\"next\""}};
    exchange.answer.body = R"({"things":[{"id":1,"note":"{[\"}"}],"empty":{}})";
    cassette.exchanges.push_back(exchange);
    exchange.method = "POST";
    exchange.body = "a=1&b=2";
    exchange.answer = {204, {}, std::string("\xFF\x00", 2)};
    cassette.exchanges.push_back(exchange);
    cassette.frames = {
        {"imaps://mail.example:993/", std::nullopt, {}, false},
        {"imaps://mail.example:993/", "t1 NOOP\r\n", {"* 1 EXISTS\r\n", "\xFF"}, true}};
    cassette.rows = {
        {"postgresql://db.example:5432/shop", "SELECT $1", {"7"}, "{\"id\":7}\n", 1, true}};
    cassette.files = {{"a/b.csv", "id,name\r\n"}};
    cassette.webhooks = {{"things", {{"content-type", "application/json"}}, R"({"id":1})"}};
    cassette.events = {{"1", "c1", "touchline.touchpoint.recorded", R"({"a":1})"}};

    const std::string text = cassette_text(cassette);
    const auto again = parse_cassette(text, "all");
    ASSERT_TRUE(again) << again.error().text() << text;
    EXPECT_EQ(cassette_text(*again), text);
    EXPECT_EQ(again->exchanges[1].answer.body, exchange.answer.body);
    EXPECT_EQ(again->exchanges[0].answer.body, cassette.exchanges[0].answer.body);
    EXPECT_EQ(again->files[0].bytes, "id,name\r\n");
    EXPECT_FALSE(again->frames[0].send);
    EXPECT_EQ(again->frames[1].send, "t1 NOOP\r\n");
    EXPECT_EQ(again->frames[1].receive, cassette.frames[1].receive);
    EXPECT_TRUE(again->frames[1].end);
    EXPECT_EQ(again->rows[0].lines, "{\"id\":7}\n");
    EXPECT_EQ(again->rows[0].rows, 1u);
    EXPECT_TRUE(again->rows[0].more);
}

TEST(Cassette, NamesTheMemberThatIsWrong) {
    const auto wrong = [](const char* json) { return parse_cassette(json, "x").error().text(); };
    EXPECT_NE(wrong(R"({"cassette":2})").find("\"cassette\""), std::string::npos);
    EXPECT_NE(wrong(R"({"cassette":1,"exchange":[]})").find("\"exchange\""), std::string::npos);
    EXPECT_NE(wrong(R"({"cassette":1,"exchanges":{}})").find("\"exchanges\""), std::string::npos);
    EXPECT_NE(
        wrong(R"({"cassette":1,"exchanges":[{"request":{},"answer":{}}]})").find("\"url\""),
        std::string::npos
    );
    EXPECT_NE(wrong(R"({"cassette":1,"frames":[{}]})").find("\"url\""), std::string::npos);
    EXPECT_NE(wrong(R"({"cassette":1,"rows":[{"url":"x"}]})").find("\"sql\""), std::string::npos);
    EXPECT_NE(wrong(R"({"cassette":1,"events":[{}]})").find("\"id\""), std::string::npos);
}

}  // namespace
}  // namespace touchline::check
