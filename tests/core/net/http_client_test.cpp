#include "touchline/net/http_client.hpp"

#include "raw_socket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

namespace touchline::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing_support::RawSocket;
using testing_support::ScriptedServer;

constexpr const char* k_end = "\r\n\r\n";

SendOptions local() {
    SendOptions options;
    options.allow_private_network = true;
    return options;
}

class HttpClientTest : public testing::Test {
protected:
    Result<Response> get(const ScriptedServer& server, const SendOptions& options = local()) {
        return client->send({"GET", server.url(), {}, ""}, options, {});
    }
    /// What becomes of an answer that is sent as it stands, after which the connection ends.
    Result<Response> given(const std::string& answer, const SendOptions& options = local()) {
        const ScriptedServer server([&](RawSocket& peer, int) {
            peer.receive_until(k_end);
            peer.send(answer);
        });
        return get(server, options);
    }

    std::unique_ptr<HttpClient> client = make_http_client().value();
};

TEST_F(HttpClientTest, SendsARequestAndReadsTheAnswer) {
    std::string seen;
    const ScriptedServer server([&](RawSocket& peer, int) {
        seen = peer.receive_until("hello");
        peer.send("HTTP/1.1 201 Created\r\nX-Id: 5\r\nContent-Length: 2\r\n\r\nok");
    });
    const Headers headers{{"X-Own", "v"}, {"Host", "evil"}, {"Connection", "close"}};
    const auto response =
        client->send({"POST", server.url() + "a%20b?c=d", headers, "hello"}, local(), {});
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(response->headers.get("x-id"), "5");
    EXPECT_EQ(response->body, "ok");
    EXPECT_EQ(response->final_url, server.url() + "a%20b?c=d");
    EXPECT_THAT(seen, HasSubstr("POST /a%20b?c=d HTTP/1.1\r\n"));
    EXPECT_THAT(seen, HasSubstr("Host: 127.0.0.1:" + std::to_string(server.port()) + "\r\n"));
    EXPECT_THAT(seen, HasSubstr("X-Own: v\r\n"));
    EXPECT_THAT(seen, HasSubstr("Content-Length: 5\r\n"));
    EXPECT_THAT(seen, testing::Not(HasSubstr("evil")));
    EXPECT_THAT(seen, testing::Not(HasSubstr("close")));
}

TEST_F(HttpClientTest, ReadsChunkedAnswersAndPassesOverInterimOnes) {
    const auto response = given(
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
        "chunked\r\n\r\n4\r\nWiki\r\n5;x=y\r\npedia\r\n0\r\n\r\n"
    );
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body, "Wikipedia");
    EXPECT_FALSE(response->headers.has("link"));
}

TEST_F(HttpClientTest, ReadsAnAnswerThatEndsWithTheConnection) {
    EXPECT_EQ(given("HTTP/1.0 200 OK\r\n\r\nall of it")->body, "all of it");
}

TEST_F(HttpClientTest, UnpacksGzip) {
    const std::string packed(
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\x07\x00\x86\xa6\x10\x36\x05"
        "\x00\x00\x00",
        25
    );
    const auto response =
        given("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 25\r\n\r\n" + packed);
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body, "hello");
    EXPECT_FALSE(response->headers.has("content-encoding"));
}

TEST_F(HttpClientTest, KeepsAConnectionForTheNextRequest) {
    int connections = 0;
    const ScriptedServer server([&](RawSocket& peer, int) {
        ++connections;
        while (!peer.receive_until(k_end).empty()) {
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
        }
    });
    EXPECT_TRUE(get(server));
    EXPECT_TRUE(get(server));
    client.reset();
    EXPECT_EQ(connections, 1);
}

TEST_F(HttpClientTest, ReplacesAKeptConnectionThatTheServerCloses) {
    const ScriptedServer server([&](RawSocket& peer, int) {
        peer.receive_until(k_end);
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
        // The next request is read and never answered.
        peer.receive_until(k_end);
    });
    EXPECT_TRUE(get(server));
    const auto again = get(server);
    EXPECT_TRUE(again) << again.error().text();
}

TEST_F(HttpClientTest, DoesNotReuseAConnectionWithBytesLeftOver) {
    const ScriptedServer server([&](RawSocket& peer, int number) {
        peer.receive_until(k_end);
        const std::string own =
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + std::to_string(number);
        peer.send(own + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
    });
    EXPECT_EQ(get(server)->body, "0");
    EXPECT_EQ(get(server)->body, "1");
}

TEST_F(HttpClientTest, ReadsNoBodyAfterHead) {
    const ScriptedServer server([&](RawSocket& peer, int) {
        peer.receive_until(k_end);
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    });
    const auto response = client->send({"HEAD", server.url(), {}, ""}, local(), {});
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->headers.get("content-length"), "1000");
}

TEST_F(HttpClientTest, RefusesABodyAboveTheLimitAndNamesTheLimit) {
    SendOptions options = local();
    options.body_limit = 1000;
    for (const char* answer :
         {"HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\nx",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6400000\r\nx"}) {
        const auto response = given(answer, options);
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error().code(), Code::bad_data);
        EXPECT_THAT(response.error().message(), HasSubstr("limit of 1000 bytes"));
        EXPECT_THAT(response.error().cure(), HasSubstr("body_limit"));
    }
    const auto endless = given("HTTP/1.0 200 OK\r\n\r\n" + std::string(5000, 'x'), options);
    ASSERT_FALSE(endless);
    EXPECT_THAT(endless.error().message(), HasSubstr("limit of 1000 bytes"));
}

TEST_F(HttpClientTest, RefusesAHugeHeader) {
    const auto response = given("HTTP/1.1 200 OK\r\nX: " + std::string(200'000, 'x'));
    ASSERT_FALSE(response);
    EXPECT_THAT(response.error().message(), HasSubstr("header"));
    EXPECT_THAT(response.error().cure(), HasSubstr("header_limit"));
}

TEST_F(HttpClientTest, RefusesMalformedAnswers) {
    for (const char* answer :
         {"HELLO\r\n\r\n",
          "HTTP/1.1 2xx OK\r\n\r\n",
          "HTTP/2.0 200 OK\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
          "HTTP/1.1 101 Switching Protocols\r\n\r\n",
          "HTTP/1.1 200 OK\r\nbad name: x\r\n\r\n"}) {
        const auto response = given(answer);
        ASSERT_FALSE(response) << answer;
        EXPECT_EQ(response.error().code(), Code::bad_data) << answer << response.error().text();
    }
}

TEST_F(HttpClientTest, ReportsAnAnswerThatWasCut) {
    for (const char* answer :
         {"",
          "HTTP/1.1 20",
          "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWi"}) {
        const auto response = given(answer);
        ASSERT_FALSE(response) << answer;
        EXPECT_EQ(response.error().code(), Code::unavailable) << response.error().text();
    }
}

TEST_F(HttpClientTest, GivesUpOnAServerThatStaysSilent) {
    SendOptions options = local();
    options.timeouts.first_byte = 20ms;
    const ScriptedServer server([](RawSocket& peer, int) { peer.receive_all(); });
    const auto response = get(server, options);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::timeout);
    EXPECT_THAT(response.error().message(), HasSubstr("first byte"));
    EXPECT_THAT(response.error().message(), HasSubstr("20 ms"));
}

TEST_F(HttpClientTest, GivesUpOnAnAnswerThatStops) {
    SendOptions options = local();
    options.timeouts.read = 20ms;
    const ScriptedServer server([](RawSocket& peer, int) {
        peer.receive_until(k_end);
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        peer.receive_all();
    });
    const auto response = get(server, options);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::timeout);
}

TEST_F(HttpClientTest, GivesUpOnAnAnswerThatNeverEnds) {
    SendOptions options = local();
    options.timeouts.whole = 50ms;
    options.body_limit = std::size_t{1} << 40U;
    const ScriptedServer server([](RawSocket& peer, int) {
        peer.receive_until(k_end);
        peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (peer.send("1\r\nx\r\n")) {
        }
    });
    const auto response = get(server, options);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::timeout);
    EXPECT_THAT(response.error().message(), HasSubstr("whole call"));
}

TEST_F(HttpClientTest, GivesUpOnAServerThatDoesNotRead) {
    SendOptions options = local();
    options.timeouts.write = 20ms;
    const ScriptedServer server([](RawSocket& peer, int) {
        char byte = 0;
        // Looks, takes nothing away, and waits until the client is gone.
        ::recv(peer.fd(), &byte, 1, MSG_PEEK);
        std::string all(65536, '\0');
        ::recv(peer.fd(), all.data(), 1, MSG_WAITALL);
        pollfd gone{peer.fd(), POLLRDHUP, 0};
        ::poll(&gone, 1, -1);
    });
    const auto response =
        client->send({"PUT", server.url(), {}, std::string(64U << 20U, 'x')}, options, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::timeout);
}

TEST_F(HttpClientTest, EndsAtOnceWhenAskedToStop) {
    std::stop_source stop;
    const ScriptedServer server([&](RawSocket& peer, int) {
        peer.receive_until(k_end);
        stop.request_stop();
        peer.receive_all();
    });
    const auto response = client->send({"GET", server.url(), {}, ""}, local(), stop.get_token());
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::cancelled);
}

TEST_F(HttpClientTest, ReportsAPortWithoutAServer) {
    std::string url;
    {
        const ScriptedServer server([](RawSocket&, int) {});
        url = server.url();
    }
    const auto response = client->send({"GET", url, {}, ""}, local(), {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::unavailable);
    EXPECT_THAT(response.error().message(), HasSubstr("refused"));
}

TEST_F(HttpClientTest, StaysOutOfThePrivateNetworkUnlessAllowed) {
    const ScriptedServer server([](RawSocket&, int) {});
    for (const char* host : {"127.0.0.1", "localhost", "2130706433", "169.254.169.254"}) {
        const auto response = client->send({"GET", server.url(host), {}, ""}, {}, {});
        ASSERT_FALSE(response) << host;
        EXPECT_EQ(response.error().code(), Code::denied) << host;
        EXPECT_THAT(response.error().cure(), HasSubstr("set allow_private_network: true"));
    }
}

TEST_F(HttpClientTest, DoesNotLendAPrivateConnectionToATargetThatMayNotHaveIt) {
    const ScriptedServer server([&](RawSocket& peer, int) {
        while (!peer.receive_until(k_end).empty()) {
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
        }
    });
    EXPECT_TRUE(get(server));
    EXPECT_EQ(get(server, {}).error().code(), Code::denied);
    client.reset();
}

TEST_F(HttpClientTest, RefusesWhatWouldSplitTheRequest) {
    const auto code = [&](Request request) {
        return client->send(request, local(), {}).error().code();
    };
    EXPECT_EQ(code({"GET /x", "http://127.0.0.1/", {}, ""}), Code::config);
    EXPECT_EQ(code({"GET", "http://127.0.0.1/\r\nX: y", {}, ""}), Code::config);
    EXPECT_EQ(code({"GET", "http://127.0.0.1/", {{"X", "a\nb"}}, ""}), Code::config);
    EXPECT_EQ(code({"GET", "http://127.0.0.1/", {{"X y", "a"}}, ""}), Code::config);
}

}  // namespace
}  // namespace touchline::net
