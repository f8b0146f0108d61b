// Whatever is posted to the daemon, it answers, sets aside what it cannot use, and goes on.
#include "webhook_desk.hpp"

namespace touchline::e2e {
namespace {

std::int64_t total_of(const Daemon& daemon, const std::string& email) {
    const auto found = daemon.json("/api/v1/lookup?q=" + testing_support::percent_encoded(email));
    return number_at(found.root(), "/matches/0/touchpoints");
}

TEST(BadInput, LeavesTheDaemonRunningAndTheGoodOnTheTimeline) {
    const Folder folder;
    write_webhook_desk(folder.path(), "=email");
    Daemon daemon({"-q", "serve", "--dev"}, folder.path());
    ASSERT_TRUE(daemon.is_ready()) << read_file(folder.path() / "stderr.txt");
    const auto good = [](int id) {
        return R"({"id":"g)" + std::to_string(id) +
               R"(","at":"2026-10-05T08:00:00Z","email":"ana@example.org"})";
    };
    const std::vector<std::string> bad{
        "",
        "{",
        "[1,",
        "7",
        "null",
        "\"text\"",
        "[[[]]]",
        "\xff\xfe\xfd",
        std::string(3, '\0'),
        R"({"id":"b1"})",
        R"({"id":"b2","at":17,"email":"ana@example.org"})",
        R"({"id":"b3","at":"0000-01-01T00:00:00Z","email":"ana@example.org"})",
        R"({"id":"b4","at":"2026-10-05T08:00:00Z","email":[]})",
        R"({"id":"b5","at":"2026-10-05T08:00:00Z","email":")" + std::string(100'000, 'a') + R"("})",
        std::string(100'000, '[')};
    int id = 0;
    for (const std::string& body : bad) {
        EXPECT_EQ(daemon.post("/in/desk", body).status, 202) << body.substr(0, 80);
        EXPECT_EQ(daemon.post("/in/desk", good(++id)).status, 202);
    }
    // Bytes that are no HTTP.
    for (const std::string text :
         {"\r\n\r\n",
          "GET\r\n\r\n",
          "\x16\x03\x01\x02",
          "POST /in/desk HTTP/1.1\r\nContent-Length: -5\r\n\r\n"}) {
        const auto socket = net::testing_support::connect_to(daemon.port());
        socket.send(text);
        ::shutdown(socket.fd(), SHUT_WR);
        socket.receive_all();
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (total_of(daemon, "ana@example.org") < id && std::chrono::steady_clock::now() < deadline
    ) {
    }
    EXPECT_EQ(total_of(daemon, "ana@example.org"), id);
    const auto answer = daemon.json("/api/v1/dead-letters?limit=500");
    const auto letters = *answer.root().get("dead_letters");
    EXPECT_GE(letters.size(), 8U) << letters.text();
    for (const json::View letter : letters.elements())
        EXPECT_NE(text_at(letter, "/message"), "") << letter.text();
    EXPECT_EQ(daemon.get("/healthz").status, 200);
    daemon.child().signal(SIGTERM);
    EXPECT_EQ(daemon.child().wait(), 0) << read_file(folder.path() / "stderr.txt");
}

}  // namespace
}  // namespace touchline::e2e
