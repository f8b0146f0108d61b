// What goes over streams, cut into frames: pure decisions, fed byte by byte too.
#include "imap_frames.hpp"
#include "websocket_frames.hpp"
#include "websocket_stream.hpp"

#include "touchline/net/stream_client.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace touchline::net {
namespace {

std::vector<std::string> imap(std::string_view bytes, std::size_t at_once) {
    ImapFrames frames(1000);
    std::vector<std::string> all;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(at_once, bytes.size()))) {
        frames.feed(bytes.substr(0, at_once));
        while (true) {
            const auto next = frames.next();
            if (!next) return {next.error().text()};
            if (!*next) break;
            all.push_back(**next);
        }
    }
    return all;
}

TEST(ImapFrames, AreResponsesWithTheirLiterals) {
    const std::string bytes =
        "* OK hi\r\n* 1 FETCH (BODY[] {7}\r\na\r\nb}\r\n X ~{2+}\r\n{9)\r\n+ go\r\n";
    const std::vector<std::string> expected{
        "* OK hi\r\n", "* 1 FETCH (BODY[] {7}\r\na\r\nb}\r\n X ~{2+}\r\n{9)\r\n", "+ go\r\n"};
    for (const std::size_t at_once : {1U, 2U, 5U, 1000U}) EXPECT_EQ(imap(bytes, at_once), expected);
}

TEST(ImapFrames, AboveTheLimitAreRefusedBeforeTheyAreHeld) {
    EXPECT_NE(
        imap("* 1 FETCH (BODY[] {9999}\r\n", 100).front().find("more than 1000"), std::string::npos
    );
    EXPECT_NE(imap(std::string(2000, 'x'), 100).front().find("more than 1000"), std::string::npos);
    EXPECT_NE(
        imap("a {18446744073709551615}\r\n", 100).front().find("more than"), std::string::npos
    );
    EXPECT_NE(
        imap("a {99999999999999999999999}\r\n", 100).front().find("more than"), std::string::npos
    );
}

/// As a server sends it: without a mask.
std::string server_frame(unsigned char first, std::string_view payload) {
    std::string frame(1, static_cast<char>(first));
    if (payload.size() < 126) {
        frame += static_cast<char>(payload.size());
    } else {
        frame += static_cast<char>(126);
        frame += static_cast<char>(payload.size() >> 8U);
        frame += static_cast<char>(payload.size() & 0xffU);
    }
    return frame + std::string(payload);
}

std::vector<std::string> websocket(std::string_view bytes, std::size_t at_once) {
    WebsocketFrames frames(1000);
    std::vector<std::string> all;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(at_once, bytes.size()))) {
        frames.feed(bytes.substr(0, at_once));
        while (true) {
            const auto next = frames.next();
            if (!next) return {next.error().text()};
            if (!*next) break;
            all.push_back(std::to_string(static_cast<int>((*next)->op)) + (*next)->bytes);
        }
    }
    return all;
}

TEST(WebsocketFrames, ArePutTogetherWithControlFramesBetween) {
    const std::string large(300, 'y');
    const std::string bytes = server_frame(0x82, "one") + server_frame(0x01, "tw") +
                              server_frame(0x89, "ping") + server_frame(0x80, "o") +
                              server_frame(0x82, large) + server_frame(0x88, "\x03\xe8");
    const std::vector<std::string> expected{"2one", "9ping", "1two", "2" + large, "8\x03\xe8"};
    for (const std::size_t at_once : {1U, 3U, 1000U})
        EXPECT_EQ(websocket(bytes, at_once), expected);
}

TEST(WebsocketFrames, ThatBreakTheProtocolAreRefused) {
    const std::string unmasked = server_frame(0x82, "x");
    std::string masked = unmasked;
    masked[1] = static_cast<char>(0x81);
    for (const std::string& broken :
         {masked,
          server_frame(0xc2, "x"),                             // an extension's bit
          server_frame(0x83, "x"),                             // an unknown opcode
          server_frame(0x09, "x"),                             // a ping in pieces
          server_frame(0x80, "x"),                             // the end of nothing
          server_frame(0x02, "x") + server_frame(0x82, "x")})  // a message in a message
        EXPECT_NE(websocket(broken, 100).back().find("breaks the protocol"), std::string::npos);
    const std::string huge = std::string("\x82\x7f") + std::string(8, '\xff');
    EXPECT_NE(websocket(huge, 100).front().find("more than 1000"), std::string::npos);
    std::string grows;
    for (int i = 0; i < 9; ++i) grows += server_frame(i == 0 ? 0x02 : 0x00, std::string(120, 'z'));
    EXPECT_NE(websocket(grows, 100).front().find("more than 1000"), std::string::npos);
}

TEST(WebsocketFrames, OfClientsAreMasked) {
    // RFC 6455, section 5.7.
    EXPECT_EQ(
        websocket_frame(WebsocketOp::text, "Hello", "\x37\xfa\x21\x3d"),
        "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"
    );
    EXPECT_EQ(
        websocket_frame(WebsocketOp::binary, std::string(70'000, 'a'), "abcd").size(), 70'014u
    );
}

TEST(WebsocketHandshake, ProvesThatTheServerUnderstood) {
    // RFC 6455, section 1.3.
    EXPECT_EQ(websocket_accept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST(StreamUrls, HaveTheirProtocolsPorts) {
    const auto text = [](std::string_view url) {
        const auto address = parse_stream_url(url);
        return address ? address->text() : address.error().message();
    };
    EXPECT_EQ(text("imaps://Mail.example.com"), "imaps://mail.example.com:993/");
    EXPECT_EQ(text("imap://[::1]"), "imap://[::1]:143/");
    EXPECT_EQ(text("wss://x.example/xrpc"), "wss://x.example:443/xrpc");
    EXPECT_EQ(text("ws://x.example:8080/a?b=1"), "ws://x.example:8080/a?b=1");
    EXPECT_FALSE(parse_stream_url("imaps://mail.example.com/INBOX"));
    EXPECT_FALSE(parse_stream_url("https://mail.example.com"));
    EXPECT_FALSE(parse_stream_url("imaps://user:secret@mail.example.com"));
}

}  // namespace
}  // namespace touchline::net
