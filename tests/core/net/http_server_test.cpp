#include "touchline/net/http_server.hpp"

#include "raw_socket.hpp"

#include "touchline/net/http_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <optional>
#include <stdexcept>
#include <thread>

namespace touchline::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;
using testing_support::connect_to;
using testing_support::RawSocket;

void echo(ServerRequest request, const Responder& responder) {
    ServerResponse response;
    response.body = request.method + " " + request.path + " " + request.body;
    responder.respond(std::move(response));
}

class HttpServerTest : public testing::Test {
protected:
    void start(Handler handler = echo) {
        server = HttpServer::start(options, std::move(handler)).value();
    }
    /// All that comes back until the server closes the connection.
    std::string say(std::string_view bytes) const {
        const RawSocket socket = connect_to(server->port());
        socket.send(bytes);
        return socket.receive_all();
    }

    ServerOptions options;
    std::unique_ptr<HttpServer> server;
};

TEST_F(HttpServerTest, HandsTheRequestToTheHandler) {
    ServerRequest seen;
    start([&](ServerRequest request, const Responder& responder) {
        seen = request;
        responder.respond({201, {{"X-Own", "v"}}, "made"});
    });
    const std::string answer =
        say("POST /a%20b/../c%C3%A9?x=1+2&y=%26&x=3 HTTP/1.1\r\nHost: h\r\nX-In: "
            "i\r\nContent-Length: 2\r\n"
            "Connection: close\r\n\r\nhi");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 201 Created\r\nX-Own: v\r\nContent-Length: 4\r\n"));
    EXPECT_THAT(answer, testing::EndsWith("\r\n\r\nmade"));
    EXPECT_EQ(seen.method, "POST");
    EXPECT_EQ(seen.path, "/cé");
    EXPECT_EQ(seen.target, "/a%20b/../c%C3%A9?x=1+2&y=%26&x=3");
    EXPECT_EQ(seen.query, (std::map<std::string, std::string>{{"x", "1 2"}, {"y", "&"}}));
    EXPECT_EQ(seen.headers.get("x-in"), "i");
    EXPECT_EQ(seen.body, "hi");
    EXPECT_EQ(seen.remote_address, "127.0.0.1");
}

TEST_F(HttpServerTest, AnswersOurOwnClientAndKeepsTheConnection) {
    start();
    const auto client = make_http_client().value();
    SendOptions send;
    send.allow_private_network = true;
    const std::string url = "http://127.0.0.1:" + std::to_string(server->port()) + "/x";
    for (const std::string body : {"one", "two"}) {
        const auto response = client->send({"POST", url, {}, body}, send, {});
        ASSERT_TRUE(response) << response.error().text();
        EXPECT_EQ(response->body, "POST /x " + body);
        EXPECT_EQ(response->headers.get("connection"), "keep-alive");
    }
}

TEST_F(HttpServerTest, AnswersPipelinedRequestsInOrder) {
    start();
    const std::string answer =
        say("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n"
            "GET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    const auto first = answer.find("GET /1");
    const auto second = answer.find("GET /2");
    const auto third = answer.find("GET /3");
    EXPECT_LT(first, second);
    EXPECT_LT(second, third);
    EXPECT_NE(third, std::string::npos);
}

TEST_F(HttpServerTest, ReadsAChunkedBody) {
    start();
    EXPECT_THAT(
        say("PUT /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            "4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n"),
        testing::EndsWith("PUT /x Wikipedia")
    );
}

TEST_F(HttpServerTest, RefusesRequestsThatCouldBeReadInTwoWays) {
    start([](const ServerRequest&, const Responder& responder) {
        ADD_FAILURE() << "reached the handler";
        responder.respond({});
    });
    for (const char* fields :
         {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
          "Content-Length: 5\r\nContent-Length: 5\r\n",
          "Content-Length: 5\r\nContent-Length: 6\r\n",
          "Content-Length: 5, 5\r\n",
          "Content-Length: +5\r\n",
          "Content-Length: 0x5\r\n",
          "Content-Length: -1\r\n",
          "Content-Length: 99999999999999999999999\r\n",
          "Transfer-Encoding: chunked, identity\r\n",
          "Transfer-Encoding: identity\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Transfer-Encoding: xchunked\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding : chunked\r\n",
          "Host: other\r\n",
          "No colon\r\n",
          "Bad name: x\r\n",
          "X: a\x01\r\n"}) {
        const std::string answer =
            say(std::string("POST / HTTP/1.1\r\nHost: h\r\n") + fields +
                "\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n");
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 ")) << fields;
        EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << fields;
    }
    for (const char* request :
         {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "GET / HTTP/1.1\r\n\r\n",
          "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n",
          "nonsense\r\n\r\n"}) {
        EXPECT_THAT(say(request), StartsWith("HTTP/1.1 400 ")) << request;
    }
}

TEST_F(HttpServerTest, RefusesALargeBodyBeforeItIsSent) {
    options.body_limit = 10;
    options.body_limit_for = [](std::string_view method, std::string_view path) {
        return method == "POST" && path == "/hook" ? std::optional<std::size_t>(100) : std::nullopt;
    };
    start();
    const std::string tail = " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: ";
    EXPECT_THAT(say("POST /x" + tail + "104857600\r\n\r\n"), StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(say("POST /x" + tail + "999999999999999\r\n\r\n"), StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(say("POST /x" + tail + "11\r\n\r\n"), HasSubstr("limit of 10 bytes"));
    EXPECT_THAT(say("POST /hook" + tail + "101\r\n\r\n"), StartsWith("HTTP/1.1 413 "));
    const std::string body(100, 'x');
    EXPECT_THAT(say("POST /hook" + tail + "100\r\n\r\n" + body), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(
        say("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n"
        ),
        StartsWith("HTTP/1.1 413 ")
    );
}

TEST_F(HttpServerTest, TellsAClientThatIsStillSendingThatItIsTooMuch) {
    start();
    const auto client = make_http_client().value();
    SendOptions send;
    send.allow_private_network = true;
    const std::string url = "http://127.0.0.1:" + std::to_string(server->port()) + "/x";
    const auto response = client->send({"POST", url, {}, std::string(8U << 20U, 'x')}, send, {});
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->status, 413);
}

TEST_F(HttpServerTest, AsksForTheBodyThatAClientHoldsBack) {
    start();
    const RawSocket socket = connect_to(server->port());
    socket.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(socket.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    socket.send("hi");
    EXPECT_THAT(socket.receive_until("POST / hi"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(HttpServerTest, RefusesAHugeHeader) {
    start();
    const std::string huge = "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(40'000, 'x');
    EXPECT_THAT(say(huge), StartsWith("HTTP/1.1 431 "));
}

TEST_F(HttpServerTest, ClosesSlowAndIdleConnections) {
    options.header_timeout = 20ms;
    options.idle_timeout = 20ms;
    options.read_timeout = 20ms;
    start();
    EXPECT_EQ(say(""), "");
    EXPECT_EQ(say("GET / HT"), "");
    EXPECT_EQ(say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf"), "");
}

TEST_F(HttpServerTest, ClosesConnectionsAboveTheLimit) {
    options.max_connections = 1;
    start();
    const RawSocket first = connect_to(server->port());
    first.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_THAT(first.receive_until("GET / "), StartsWith("HTTP/1.1 200 "));
    EXPECT_EQ(connect_to(server->port()).receive_all(), "");
}

TEST_F(HttpServerTest, SendsNoBodyWhereThereMayBeNone) {
    start([](const ServerRequest& request, const Responder& responder) {
        responder.respond({request.path == "/none" ? 204 : 200, {}, "body"});
    });
    const std::string tail = " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    const std::string head = say("HEAD /" + tail);
    EXPECT_THAT(head, HasSubstr("Content-Length: 4\r\n"));
    EXPECT_THAT(head, testing::EndsWith("\r\n\r\n"));
    const std::string none = say("GET /none" + tail);
    EXPECT_THAT(none, testing::Not(HasSubstr("Content-Length")));
    EXPECT_THAT(none, testing::EndsWith("\r\n\r\n"));
}

TEST_F(HttpServerTest, AnswersWhateverTheHandlerDoes) {
    start([](const ServerRequest& request, const Responder& responder) {
        if (request.path == "/throws") throw std::runtime_error("secret detail");
        if (request.path == "/splits") responder.respond({200, {{"X", "a\r\nb"}}, ""});
        if (request.path == "/twice") {
            responder.respond({200, {}, "first"});
            responder.respond({500, {}, "second"});
        }
    });
    const std::string tail = " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    const std::string thrown = say("GET /throws" + tail);
    EXPECT_THAT(thrown, StartsWith("HTTP/1.1 500 "));
    EXPECT_THAT(thrown, testing::Not(HasSubstr("secret")));
    EXPECT_THAT(say("GET /forgets" + tail), StartsWith("HTTP/1.1 500 "));
    EXPECT_THAT(say("GET /splits" + tail), StartsWith("HTTP/1.1 500 "));
    EXPECT_THAT(say("GET /twice" + tail), testing::EndsWith("first"));
}

TEST_F(HttpServerTest, IsNotHeldUpByABlockedHandler) {
    options.workers = 2;
    std::promise<void> entered;
    std::promise<void> release;
    start([&](ServerRequest request, const Responder& responder) {
        if (request.path == "/slow") {
            entered.set_value();
            release.get_future().wait();
        }
        echo(std::move(request), responder);
    });
    const RawSocket slow = connect_to(server->port());
    slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    entered.get_future().wait();
    EXPECT_THAT(
        say("GET /fast HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"), HasSubstr("GET /fast")
    );
    release.set_value();
    EXPECT_THAT(slow.receive_until("/slow "), StartsWith("HTTP/1.1 200 "));
}

TEST_F(HttpServerTest, SaysThatItIsBusyWhenTooManyWait) {
    options.workers = 1;
    options.max_waiting = 0;
    start();
    EXPECT_THAT(
        say("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"), HasSubstr("Retry-After: 1")
    );
}

TEST_F(HttpServerTest, FinishesWhatIsInFlightWhenItStops) {
    std::promise<Responder> handed;
    start([&](const ServerRequest&, Responder responder) { handed.set_value(std::move(responder)); }
    );
    const RawSocket busy = connect_to(server->port());
    const RawSocket idle = connect_to(server->port());
    busy.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    std::thread answering([responder = handed.get_future().get(), &idle] {
        // The idle connection ends as soon as the server begins to stop.
        idle.receive_all();
        responder.respond({200, {}, "late"});
    });
    server->stop(60s);
    answering.join();
    const std::string answer = busy.receive_all();
    EXPECT_THAT(answer, testing::EndsWith("late"));
    EXPECT_THAT(answer, HasSubstr("Connection: close"));
}

TEST_F(HttpServerTest, SurvivesAnAnswerAfterItsEnd) {
    std::promise<Responder> handed;
    start([&](const ServerRequest&, Responder responder) { handed.set_value(std::move(responder)); }
    );
    const RawSocket socket = connect_to(server->port());
    socket.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    const Responder responder = handed.get_future().get();
    server.reset();
    EXPECT_EQ(socket.receive_all(), "");
    responder.respond({});
}

/// Keeps its sink, and tells when it opened and closed.
class Events final : public StreamSource {
public:
    void opened(std::shared_ptr<EventSink> sink) override { open.set_value(std::move(sink)); }
    void closed() override { end.set_value(); }

    std::promise<std::shared_ptr<EventSink>> open;
    std::promise<void> end;
};

class StreamTest : public HttpServerTest {
protected:
    std::shared_ptr<EventSink> subscribe(std::string_view version = "1.1") {
        start([this](const ServerRequest&, const Responder& responder) {
            responder.stream({200, {{"Content-Type", "text/event-stream"}}, ":hello\n\n"}, events);
        });
        client.emplace(connect_to(server->port()));
        client->send("GET /events HTTP/" + std::string(version) + "\r\nHost: h\r\n\r\n");
        return events->open.get_future().get();
    }

    std::shared_ptr<Events> events = std::make_shared<Events>();
    std::optional<RawSocket> client;
};

TEST_F(StreamTest, SendsEventsAsTheyCome) {
    const auto sink = subscribe();
    EXPECT_THAT(client->receive_until(":hello\n\n"), HasSubstr("Transfer-Encoding: chunked"));
    EXPECT_TRUE(sink->send("data: 1\n\n"));
    EXPECT_EQ(client->receive_until("1\n\n\r\n"), "9\r\ndata: 1\n\n\r\n");
    sink->close();
    EXPECT_EQ(client->receive_all(), "0\r\n\r\n");
    events->end.get_future().wait();
    EXPECT_FALSE(sink->send("data: 2\n\n"));
}

TEST_F(StreamTest, DoesWithoutChunksForHttp10) {
    const auto sink = subscribe("1.0");
    sink->send("data: 1\n\n");
    sink->close();
    EXPECT_THAT(client->receive_all(), testing::EndsWith("\r\n\r\n:hello\n\ndata: 1\n\n"));
}

TEST_F(StreamTest, NoticesThatTheReaderWentAway) {
    const auto sink = subscribe();
    client.reset();
    events->end.get_future().wait();
    EXPECT_FALSE(sink->send("data: 1\n\n"));
}

TEST_F(StreamTest, RefusesMoreThanTheQueueHolds) {
    options.stream_queue_bytes = 100;
    const auto sink = subscribe();
    EXPECT_FALSE(sink->send(std::string(101, 'x')));
    EXPECT_TRUE(sink->send(std::string(100, 'x')));
}

TEST_F(StreamTest, EndsWithTheServer) {
    const auto sink = subscribe();
    server->stop(60s);
    events->end.get_future().wait();
    EXPECT_FALSE(sink->send("data: 1\n\n"));
    server.reset();
    sink->close();
}

TEST(HttpServer, SaysWhyItCannotListen) {
    ServerOptions options;
    options.address = "nowhere";
    EXPECT_EQ(HttpServer::start(options, echo).error().code(), Code::config);
    options.address = "127.0.0.1";
    const auto first = HttpServer::start(options, echo).value();
    options.port = first->port();
    const auto second = HttpServer::start(options, echo);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code(), Code::unavailable);
    EXPECT_THAT(second.error().message(), HasSubstr(std::to_string(options.port)));
}

}  // namespace
}  // namespace touchline::net
