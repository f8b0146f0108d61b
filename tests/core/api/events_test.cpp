#include "api_bench.hpp"

namespace touchline::api {
namespace {

class Events : public ApiBench {
protected:
    Events() { start(); }

    /// An open stream, with all that has come of it.
    struct Stream {
        net::testing_support::RawSocket socket;
        std::string text;
        const std::string& until(std::string_view mark) {
            while (text.find(mark) == std::string::npos) {
                const std::string more = socket.receive();
                if (more.empty()) break;
                text += more;
            }
            return text;
        }
    };
    Stream listen(Fields fields = {}) {
        Stream stream{net::testing_support::connect_to(port()), ""};
        stream.socket.send(
            testing_support::request_head("GET", "/api/v1/events", signed_in(std::move(fields))) +
            "\r\n"
        );
        stream.until("retry: 2000\n\n");
        return stream;
    }
    Stream listen_after(store::FeedPosition position) {
        return listen({{"Last-Event-ID", std::to_string(position)}});
    }

    void message(int id) {
        run(plan("desk", k_events),
            {R"([{"id":)" + std::to_string(id) +
             R"(,"user":"55","email":"ana@example.org","at":"2026-10-05T08:00:00Z"}])"});
    }
    store::FeedPosition head() { return *reader()->feed_head(); }

    static std::vector<std::string> ids(const std::string& text) {
        std::vector<std::string> found;
        for (std::size_t at = text.find("\nid: "); at != std::string::npos;
             at = text.find("\nid: ", at + 1)) {
            found.push_back(text.substr(at + 5, text.find('\n', at + 1) - at - 5));
        }
        return found;
    }
};

TEST_F(Events, ComeWhenSomethingIsCommitted) {
    Stream stream = listen();
    EXPECT_NE(stream.text.find("Content-Type: text/event-stream"), std::string::npos);
    EXPECT_NE(stream.text.find("Cache-Control: no-store"), std::string::npos);
    message(10);
    api_->notify();
    const std::string expected =
        "event: touchpoint.recorded\ndata: {\"customer\":\"" + find("ana@example.org") + "\"";
    EXPECT_NE(stream.until(expected).find(expected), std::string::npos) << stream.text;
}

TEST_F(Events, GoOnExactlyWhereTheListenerLeftOff) {
    const store::FeedPosition last = head();
    message(10);
    message(11);
    std::vector<std::string> expected;
    for (const store::FeedEntry& entry : *reader()->feed_after(last, 100))
        expected.push_back(std::to_string(entry.position));
    ASSERT_GE(expected.size(), 2U);
    Stream stream = listen_after(last);
    const std::string text = stream.until("id: " + expected.back() + "\n");
    EXPECT_EQ(ids(text), expected) << text;
}

TEST_F(Events, AskForANewStartWhenTheListenerIsFarBehind) {
    auto transaction = *store_->begin();
    const std::vector<store::FeedWrite> many(6000, {"touchline.customer.updated", {}, {}, "{}"});
    ASSERT_TRUE(transaction->append_feed(many, clock_.now()));
    ASSERT_TRUE(transaction->commit());
    Stream stream = listen_after(1);
    const std::string text = stream.until("event: resync");
    EXPECT_EQ(ids(text), std::vector{std::to_string(head())}) << text;
}

TEST_F(Events, AskForANewStartWhenTheListenerKnowsAnotherStore) {
    Stream stream = listen_after(head() + 1000);
    EXPECT_NE(stream.until("event: resync").find("event: resync"), std::string::npos);
}

TEST_F(Events, TakeNonsenseForAFreshStart) {
    int id = 20;
    for (const std::string last : {"x", "-7", "", "12x", "99999999999999999999999"}) {
        Stream stream = listen({{"Last-Event-ID", last}});
        message(id++);
        const std::string expected = std::to_string(head());
        const std::string text = stream.until("id: " + expected + "\n");
        ASSERT_FALSE(ids(text).empty()) << last;
        EXPECT_EQ(ids(text).back(), expected) << last;
    }
}

TEST_F(Events, EndWhenTheServerStops) {
    Stream stream = listen();
    stop();
    stream.until("what never comes");
    EXPECT_EQ(stream.socket.receive(), "");
}

}  // namespace
}  // namespace touchline::api
