#include "api_bench.hpp"

namespace touchline::api {
namespace {

class Webhooks : public ApiBench {
protected:
    Webhooks() { start(); }
    std::vector<store::InboxItem> inbox() { return *reader()->inbox("desk", 10); }
};

TEST_F(Webhooks, AreStoredBeforeTheyAreAnswered) {
    const Fields fields{
        {"X-Signature", "good"}, {"X-Topic", "ticket"}, {"Authorization", "Bearer of-the-caller"}};
    const Answer answer = exchange(port(), "POST", "/in/desk", fields, "not even JSON");
    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(value(answer, "/stored"), "true");
    const auto items = inbox();
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].stream, "rows");
    EXPECT_EQ(items[0].body, "not even JSON");
    EXPECT_NE(items[0].headers.find("ticket"), std::string::npos);
    EXPECT_EQ(items[0].headers.find("of-the-caller"), std::string::npos);
    EXPECT_EQ(received_, 1);
}

TEST_F(Webhooks, ThatAreNotSignedAsAgreedAreNotStored) {
    const Answer refused = exchange(port(), "POST", "/in/desk", {{"X-Signature", "bad"}}, "{}");
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(refused.field("content-type"), "application/problem+json");
    EXPECT_EQ(exchange(port(), "POST", "/in/other", {{"X-Signature", "good"}}, "{}").status, 404);
    EXPECT_TRUE(inbox().empty());
    EXPECT_EQ(received_, 0);
}

TEST_F(Webhooks, AnswerTheSystemThatAsksWhoseAddressItIs) {
    const Answer answer = exchange(port(), "GET", "/in/desk?are=you", {}, "");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "we are");
    EXPECT_EQ(exchange(port(), "GET", "/in/desk", {}, "").status, 405);
    EXPECT_TRUE(inbox().empty());
}

TEST_F(Webhooks, MayBeLargerThanOtherCallsButNotEndless) {
    const std::string three_mib(3U << 20U, 'x');
    EXPECT_EQ(
        exchange(port(), "POST", "/in/desk", {{"X-Signature", "good"}}, three_mib).status, 202
    );
    // Says that 100 MB will come: refused before they do.
    const auto socket = net::testing_support::connect_to(port());
    socket.send(
        testing_support::request_head(
            "POST", "/in/desk", {{"X-Signature", "good"}, {"Content-Length", "100000000"}}
        ) +
        "\r\n"
    );
    const std::string answer = socket.receive_until("\r\n\r\n");
    EXPECT_NE(answer.find(" 413 "), std::string::npos) << answer;
    EXPECT_EQ(inbox().size(), 1U);
}

TEST_F(Webhooks, MayCarryHeadersThatAreNotText) {
    const Fields fields{{"X-Signature", "good"}, {"X-Name", "Zo\xeb"}};
    EXPECT_EQ(exchange(port(), "POST", "/in/desk", fields, "{}").status, 202);
    const auto items = inbox();
    ASSERT_EQ(items.size(), 1U);
    EXPECT_TRUE(json::Document::parse(items[0].headers)) << items[0].headers;
}

using Files = Webhooks;

TEST_F(Files, AreServedWithoutSignIn) {
    const Answer page = exchange(port(), "GET", "/");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.body, "<p>");
    EXPECT_EQ(page.field("content-security-policy"), "default-src 'self'");
    EXPECT_EQ(page.field("cache-control"), "no-cache");
    const Answer head = exchange(port(), "HEAD", "/");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.body, "");
    EXPECT_EQ(head.field("content-length"), "3");
    EXPECT_EQ(exchange(port(), "GET", "/nothing.png").status, 404);
}

TEST_F(Files, AreCachedByWhatIsInThem) {
    EXPECT_EQ(exchange(port(), "GET", "/", {{"If-None-Match", "\"old\""}}).status, 200);
    for (const std::string tags : {"\"page\"", "W/\"page\"", "\"old\", \"page\"", "*"}) {
        const Answer same = exchange(port(), "GET", "/", {{"If-None-Match", tags}});
        EXPECT_EQ(same.status, 304) << tags;
        EXPECT_EQ(same.body, "");
        EXPECT_EQ(same.field("etag"), "\"page\"");
    }
    EXPECT_NE(
        exchange(port(), "GET", "/app.1234.js").field("cache-control").find("immutable"),
        std::string::npos
    );
}

TEST_F(Files, AreCompressedForWhomThatIsFine) {
    const Answer packed =
        exchange(port(), "GET", "/app.1234.js", {{"Accept-Encoding", "gzip, br"}});
    EXPECT_EQ(packed.field("content-encoding"), "gzip");
    EXPECT_EQ(packed.body, "\x1f\x8b");
    EXPECT_EQ(packed.field("vary"), "Accept-Encoding");
    EXPECT_EQ(exchange(port(), "GET", "/app.1234.js").field("content-encoding"), "");
    EXPECT_EQ(
        exchange(port(), "GET", "/app.1234.js", {{"Accept-Encoding", "gzip;q=0"}}).body, "<p>"
    );
}

}  // namespace
}  // namespace touchline::api
