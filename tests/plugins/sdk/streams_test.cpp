// Streams and rows as an author's test sees them.
#include "touchline/sdk/plugin.hpp"
#include "touchline/sdk/testing/fake_host.hpp"

#include <gtest/gtest.h>

namespace touchline::sdk {
namespace {

using testing::FakeConnection;
using testing::FakeHost;

/// Says hello to a mailbox, hands over what it hears, and asks a database when the stream is named
/// rows.
class Talker : public Source<Talker> {
public:
    static Result<std::unique_ptr<Talker>> create(const Config&) {
        return std::make_unique<Talker>();
    }
    Result<std::string> check(Job&) { return std::string("fine"); }
    Result<ReadEnd> read(Job& job, const ReadArgs& args) {
        if (args.stream == "rows") {
            TL_TRY(const auto page, job.query_rows("db", "SELECT $1", {"a"}, 10));
            TL_CHECK(job.page(args.stream, page.lines, "", TL_FORMAT_NDJSON));
            return page.more ? ReadEnd::more : ReadEnd::end;
        }
        TL_TRY(auto stream, job.open_stream("mail", "/x", {{"cursor", "7"}}));
        TL_CHECK(stream.send("hello"));
        while (true) {
            TL_TRY(const auto received, stream.receive(1000));
            if (received.ended) return ReadEnd::end;
            if (received.has_frame()) {
                TL_CHECK(job.page(args.stream, received.frame));
            } else if (!job.stays()) {
                return ReadEnd::end;
            }
        }
    }
};

const tl_plugin* talker() {
    return detail::describe<Talker>("talker", "1");
}

TEST(FakeStreams, BringWhatWasScriptedAndThenNothing) {
    FakeHost host;
    host.on_open("mail/x?cursor=7", {"{\"greeting\": 1}"});
    host.on_send("mail/x?cursor=7", "hello", {"{\"a\": 1}", "{\"a\": 2}"});
    FakeConnection connection(host, talker(), "{}");
    const auto before = host.clock_ms;
    EXPECT_EQ(connection.read("mails"), TL_END);
    ASSERT_EQ(host.pages.size(), 3u);
    EXPECT_EQ(host.pages[2].bytes, "{\"a\": 2}");
    EXPECT_EQ(host.sent, std::vector<std::string>{"hello"});
    EXPECT_EQ(host.clock_ms - before, 1000) << "waiting for nothing takes its time";
    EXPECT_EQ(host.open_bodies(), 0u);
}

TEST(FakeStreams, EndAStayWhenTheOtherSideCloses) {
    FakeHost host;
    host.stays = true;
    host.on_open("mail/x?cursor=7", {});
    host.on_send("mail/x?cursor=7", "hello", {"{}"}, true);
    FakeConnection connection(host, talker(), "{}");
    EXPECT_EQ(connection.read("mails"), TL_END);
    EXPECT_EQ(host.pages.size(), 1u);
}

TEST(FakeStreams, AreCancelledAtAnyCall) {
    for (int call = 0; call < 12; ++call) {
        FakeHost host;
        host.stays = true;
        host.on_open("mail/x?cursor=7", {"{}"});
        host.on_send("mail/x?cursor=7", "hello", {"{}"});
        FakeConnection connection(host, talker(), "{}");
        host.cancel_at_call = host.calls + call;
        EXPECT_EQ(connection.read("mails"), TL_CANCELLED) << call;
        EXPECT_EQ(host.open_bodies(), 0u);
    }
}

TEST(FakeStreams, SayWhatWasNotScripted) {
    FakeHost host;
    FakeConnection connection(host, talker(), "{}");
    EXPECT_EQ(connection.read("mails"), TL_INTERNAL);
    EXPECT_NE(host.error_message.find("mail/x?cursor=7"), std::string::npos);
}

TEST(FakeRows, AreFoundByTheirQueryAndItsParameters) {
    FakeHost host;
    host.rows("SELECT $1\na", {"{\"id\":1}\n", 1, true, TL_OK});
    host.rows("SELECT $1\na", {"", 0, false, TL_OK});
    FakeConnection connection(host, talker(), "{}");
    EXPECT_EQ(connection.read("rows"), TL_OK);
    EXPECT_EQ(connection.read("rows"), TL_END);
    ASSERT_EQ(host.pages.size(), 2u);
    EXPECT_EQ(host.pages[0].bytes, "{\"id\":1}\n");
}

}  // namespace
}  // namespace touchline::sdk
