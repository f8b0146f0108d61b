#include "recorded_server.hpp"

#include <gmock/gmock.h>

namespace request_tracker {
namespace {

using recorded::file;
using recorded::newest;
using recorded::range;
using recorded::tickets_line;
using recorded::transactions;
using recorded::transactions_line;
using ::testing::HasSubstr;
using ::testing::Not;
using touchline::sdk::testing::FakeConnection;
using touchline::sdk::testing::FakeHost;

constexpr const char* k_settings = R"({"url": "https://rt.example"})";

void script_recorded(FakeHost& host) {
    host.answer(transactions_line(), 200, file("transactions.json"));
    host.answer(tickets_line({"1", "2", "3"}), 200, file("tickets.json"));
    host.answer(recorded::k_attachments_line, 200, file("attachments.json"));
    host.answer(recorded::k_newest_line, 200, file("newest_transaction.json"));
    host.answer("GET /ticket/3?fields%5BQueue%5D=Name", 200, file("deleted_ticket.json"));
    host.answer("GET /user/bo", 200, file("requestor.json"));
    host.answer("GET /user/Nobody", 200, file("nobody.json"));
}

/// A server with only ticket 1; pages of the feed are the test's business.
void script_ticket_1(FakeHost& host) {
    host.answer(tickets_line({"1"}), 200, file("tickets.json"));
}

TEST(Transactions, TakeFourRequestsForAPageOfAHundred) {
    FakeHost host;
    script_recorded(host);
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    EXPECT_EQ(rt.read("transactions"), TL_END) << host.error_message;
    EXPECT_EQ(host.requests.size(), 4u);
    EXPECT_EQ(host.open_bodies(), 0u);
}

TEST(Transactions, CarryTheTicketItsRequestorsAndTheReadableText) {
    FakeHost host;
    script_recorded(host);
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("transactions"), TL_END);
    ASSERT_EQ(host.pages.size(), 1u);
    EXPECT_EQ(recorded::count_lines(host), 12u);
    EXPECT_THAT(
        host.pages[0].bytes,
        HasSubstr(
            R"({"id":"36","Type":"Create","Created":"2026-11-23T14:40:19Z","Creator":{"id":"29","Name":"ana",)"
            R"("EmailAddress":"ana@globex.test","RealName":"Ána Núñez"},"Ticket":{"id":"1","EffectiveId":"1",)"
            R"("Subject":"Printer on fire","Queue":"General","Requestor":[{"id":"29","Name":"ana",)"
            R"("EmailAddress":"ana@globex.test","RealName":"Ána Núñez"}]},"ContentType":"text/plain",)"
            R"("Content":"It burns.\nÇa brûle."})"
        )
    );
}

TEST(Transactions, OfATicketOutOfSightNameOnlyItsId) {
    FakeHost host;
    script_recorded(host);
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("transactions"), TL_END);
    EXPECT_THAT(host.pages[0].bytes, HasSubstr(R"("Ticket":{"id":"3"})"));
}

TEST(Transactions, AreReadOnce) {
    FakeHost host;
    script_recorded(host);
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("transactions"), TL_END);
    ASSERT_EQ(rt.read_on("transactions"), TL_END);
    EXPECT_EQ(host.pages.size(), 1u);
    EXPECT_EQ(host.checkpoints.size(), 1u);
}

TEST(Tickets, ThatWereMergedKeepTheirIdAndNameTheSurvivor) {
    FakeHost host;
    script_recorded(host);
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("tickets"), TL_END);
    ASSERT_EQ(host.pages.size(), 1u);
    EXPECT_THAT(host.pages[0].bytes, HasSubstr(R"({"id":"2","EffectiveId":"1",)"));
}

TEST(Tickets, ThatWereDeletedSaySo) {
    FakeHost host;
    script_recorded(host);
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("tickets"), TL_END);
    EXPECT_THAT(
        host.pages[0].bytes,
        HasSubstr(R"({"id":"3","EffectiveId":"3","Subject":"Invoice 7","Status":"deleted")")
    );
    EXPECT_THAT(
        host.pages[0].bytes,
        HasSubstr(R"("LastUpdated":"2026-11-23T14:40:24Z","Owner":{"id":"6","Name":"Nobody")")
    ) << "a ticket that is read alone has its owner, too";
}

TEST(Tickets, ThatAreGoneForGoodAreLeftOut) {
    FakeHost host;
    host.answer(transactions_line(), 200, transactions({7}, "1"));
    host.answer(tickets_line({"1"}), 200, R"({"items": []})");
    host.answer("GET /ticket/1?fields%5BQueue%5D=Name", 404, "");
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    EXPECT_EQ(rt.read("tickets"), TL_END);
    EXPECT_TRUE(host.pages.empty());
    EXPECT_EQ(host.checkpoints.size(), 1u);
}

TEST(Feed, GoesOnAfterTheLastIdWhereTheServerTellsTheTotal) {
    FakeHost host;
    script_ticket_1(host);
    host.answer(transactions_line(), 200, transactions(range(1, 100), "150"));
    host.answer(transactions_line(), 200, transactions(range(101, 150), "50"));
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    EXPECT_EQ(rt.read("transactions"), TL_END) << host.error_message;
    EXPECT_EQ(recorded::count_lines(host), 150u);
    EXPECT_EQ(host.checkpoints.size(), 2u);
    EXPECT_THAT(host.requests[2].body, HasSubstr(R"({"field":"id","operator":">","value":"100")"));
}

TEST(Feed, DoesNotTakeAShortOrEmptyPageForTheEnd) {
    FakeHost host;
    script_ticket_1(host);
    host.answer(transactions_line(), 200, transactions({3, 50}));
    host.answer(transactions_line(), 200, transactions({}));
    host.answer(transactions_line(2), 200, transactions({240}));
    host.answer(recorded::k_newest_line, 200, newest(240));
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    EXPECT_EQ(rt.read("transactions"), TL_END) << host.error_message;
    EXPECT_EQ(recorded::count_lines(host), 3u);
}

TEST(Feed, FindsARowThatBecameVisibleAfterALaterOne) {
    FakeHost host;
    script_ticket_1(host);
    host.answer(transactions_line(), 200, transactions({100, 102}, "2"));
    host.answer(transactions_line(), 200, transactions({100, 101, 102}, "3"));
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("transactions"), TL_END);
    ASSERT_EQ(rt.read_on("transactions"), TL_END);
    ASSERT_EQ(host.pages.size(), 2u);
    EXPECT_THAT(host.pages[1].bytes, HasSubstr(R"("id":"101")"));
    EXPECT_THAT(host.pages[1].bytes, Not(HasSubstr(R"("id":"102")")));
}

TEST(Feed, ForgetsWhatIsOlderThanAMinute) {
    FakeHost host;
    script_ticket_1(host);
    host.answer(transactions_line(), 200, transactions({100, 101, 200}, "3"));
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("transactions"), TL_END);
    EXPECT_THAT(host.checkpoints.back().state, HasSubstr(R"("floor":101,"recent":[[200,)"));
}

TEST(Feed, FindsItsPlaceBehindManyRowsOutOfSight) {
    FakeHost host;
    script_ticket_1(host);
    host.answer(transactions_line(1), 200, transactions({}));
    host.answer(transactions_line(2), 200, transactions({}));
    host.answer(transactions_line(3), 200, transactions({400, 401}));
    host.answer(recorded::k_newest_line, 200, newest(401));
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("transactions", R"({"floor":100,"recent":[[400,1795443600]]})", 1), TL_END);
    EXPECT_EQ(recorded::count_lines(host), 1u);
    EXPECT_TRUE(host.logs.empty());
}

TEST(Feed, StartsAgainWhenTheServerHasLostWhatWasRead) {
    FakeHost host;
    script_ticket_1(host);
    host.answer(transactions_line(), 200, transactions({500, 501}, "2"));
    host.answer(transactions_line(), 200, transactions({}, "0"));
    host.answer(transactions_line(), 200, transactions({1, 2, 3}, "3"));
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("transactions"), TL_END);
    ASSERT_EQ(rt.read_on("transactions"), TL_END);
    EXPECT_EQ(recorded::count_lines(host), 5u);
    EXPECT_THAT(host.logs, ::testing::Contains(HasSubstr("Reading from the beginning")));
}

TEST(Feed, KeepsItsStateSmallInABurst) {
    FakeHost host;
    script_ticket_1(host);
    host.answer(transactions_line(), 200, transactions(range(1, 100), "300"));
    host.answer(transactions_line(), 200, transactions(range(101, 200), "200"));
    host.answer(transactions_line(), 200, transactions(range(201, 300), "100"));
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    ASSERT_EQ(rt.read("transactions"), TL_END);
    EXPECT_LT(host.checkpoints.back().state.size(), 8192u);
}

TEST(Feed, StopsAtWhateverHostCallItIsCancelled) {
    int calls = 0;
    {
        FakeHost host;
        script_recorded(host);
        FakeConnection rt(host, touchline_plugin_v1(), k_settings);
        const int before = host.calls;
        ASSERT_EQ(rt.read("tickets"), TL_END);
        calls = host.calls - before;
    }
    for (int call = 0; call < calls; ++call) {
        FakeHost host;
        script_recorded(host);
        FakeConnection rt(host, touchline_plugin_v1(), k_settings);
        host.cancel_at_call = host.calls + call;
        EXPECT_EQ(rt.read("tickets"), TL_CANCELLED) << "call " << call;
        EXPECT_EQ(host.open_bodies(), 0u);
    }
}

TEST(Feed, RefusesAStateThatIsNotItsOwn) {
    FakeHost host;
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    EXPECT_EQ(rt.read("transactions", "[]", 1), TL_CONFIG);
    EXPECT_EQ(rt.read("transactions", "{}", 2), TL_CONFIG);
    EXPECT_EQ(rt.read("invoices"), TL_CONFIG);
}

TEST(Check, NamesTheVersion) {
    FakeHost host;
    host.answer("GET /rt", 200, R"({"Version": "5.0.3"})");
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    EXPECT_EQ(rt.check(), TL_OK);
    ASSERT_EQ(host.items.size(), 1u);
    EXPECT_EQ(host.items[0].message, "Request Tracker 5.0.3 answers and accepts the token.");
}

TEST(Check, TellsABadTokenFromAnotherSystem) {
    FakeHost host;
    host.answer("GET /rt", 401, "");
    host.answer("GET /rt", 200, "{}");
    FakeConnection rt(host, touchline_plugin_v1(), k_settings);
    EXPECT_EQ(rt.check(), TL_AUTH);
    EXPECT_EQ(rt.check(), TL_CONFIG);
}

}  // namespace
}  // namespace request_tracker
