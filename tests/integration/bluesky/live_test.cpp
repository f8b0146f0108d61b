// The daemon's live loop: a stream that stays open is read as it comes, is opened again when it
// breaks, rests when it is paused, and goes on where it was after any death. On a simulated
// firehose, which can be broken at will, and on the real server.
#include "daemon.hpp"
#include "eventually.hpp"
#include "pds.hpp"
#include "scratch_folder.hpp"
#include "simulator.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <thread>

namespace touchline::bluesky_test {
namespace {

using integration::Daemon;
using integration::eventually;
using ::testing::HasSubstr;

class Live : public testing::Test {
protected:
    void SetUp() override {
        auto http = net::make_http_client();
        ASSERT_TRUE(http) << http.error().text();
        http_ = std::move(*http);
    }

    void configure(const std::string& url, const std::string& firehose, const std::string& did) {
        folder_.write(
            "touchline.yaml",
            "version: 1\nstorage: {dir: data}\nconnections:\n  social:\n    plugin: bluesky\n"
            "    allow_private_network: true\n    settings: {url: \"" +
                url + "\", firehose: \"" + firehose + "\", account: \"" + did + "\", watch: all}\n"
        );
    }
    void start() {
        auto daemon = Daemon::start(*http_, folder_.path());
        ASSERT_TRUE(daemon) << daemon.error().text();
        daemon_ = std::move(*daemon);
    }
    /// A member of the connection, as the API shows it: text, or a number as text.
    std::string shown(const std::string& member) const {
        const auto told = daemon_->get("connections");
        const auto value =
            told ? json::find(told->root(), "/connections/0/" + member) : std::nullopt;
        if (!value) return {};
        const auto text = value->as_string();
        return text ? std::string(*text) : value->text();
    }
    bool is_live() const { return shown("live_since").starts_with("20"); }
    bool has(std::size_t records) const { return shown("records") == std::to_string(records); }
    int command(const std::string& words) const {
        const std::string line = std::string(TOUCHLINE_BINARY_DIR) + "/bin/touchline --config " +
                                 (folder_.path() / "touchline.yaml").string() + " " + words +
                                 " > " + (folder_.path() / "said.txt").string() + " 2>&1";
        return std::system(line.c_str());
    }
    std::string said() const {
        std::ifstream in(folder_.path() / "said.txt");
        return {std::istreambuf_iterator<char>(in), {}};
    }
    /// Kills the daemon again and again while `write` goes on; `whole` is what there has to be.
    void kill_and_start(int times, const std::function<std::size_t()>& write) {
        std::size_t whole = 0;
        for (int kill = 0; kill < times; ++kill) {
            whole = write();
            // Sometimes at once, sometimes when all was read.
            const bool is_read = kill % 3 != 0 || eventually([&] { return has(whole); });
            EXPECT_TRUE(is_read) << kill;
            daemon_->kill();
            whole = write();
            start();
        }
        EXPECT_TRUE(eventually([&] { return has(whole); })) << shown("records") << " of " << whole;
        EXPECT_TRUE(eventually([&] { return is_live(); }));
        EXPECT_EQ(shown("dead_letters"), "0");
    }

    const integration::ScratchFolder folder_;
    std::unique_ptr<net::HttpClient> http_;
    std::unique_ptr<Daemon> daemon_;
};

class LiveOnASimulator : public Live {
protected:
    void SetUp() override {
        Live::SetUp();
        auto started = simulated::Simulator::start(*http_, "bluesky");
        ASSERT_TRUE(started) << started.error().text();
        server_ = std::move(*started);
        configure(
            server_->url(),
            "ws://" + server_->url().substr(server_->url().find("//") + 2),
            "did:plc:acme"
        );
        posts_ = write(5);
        start();
        ASSERT_TRUE(eventually([&] { return is_live() && has(posts_); })) << daemon_->log();
    }
    /// The records that there are then: posts, and two people.
    std::size_t write(int count) {
        const auto told = server_->tell("write", R"({"count": )" + std::to_string(count) + "}");
        return static_cast<std::size_t>(told.root().get("all")->as_int().value()) + 2;
    }
    std::int64_t opened() { return server_->tell("opened").root().get("opened")->as_int().value(); }

    std::unique_ptr<simulated::Simulator> server_;
    std::size_t posts_ = 0;
};

TEST_F(LiveOnASimulator, IsShownToPeopleAndPrograms) {
    EXPECT_EQ(shown("state"), "current");
    EXPECT_EQ(command("connections list"), 0);
    EXPECT_THAT(said(), HasSubstr("social               live"));
    EXPECT_EQ(command("connections logs social"), 0);
    EXPECT_THAT(said(), HasSubstr("live"));
    posts_ = write(3);
    EXPECT_TRUE(eventually([&] { return has(posts_); }));
    EXPECT_EQ(opened(), 1) << "one conversation for all of it";
    EXPECT_EQ(daemon_->stop(), 0);
    EXPECT_EQ(command("connections list"), 0);
    EXPECT_THAT(said(), testing::Not(HasSubstr("live")));
}

TEST_F(LiveOnASimulator, IsOpenedAgainWhereItWasWhenItBreaks) {
    for (int round = 0; round < 3; ++round) {
        posts_ = write(7);
        server_->tell("drop");
        posts_ = write(7);
        EXPECT_TRUE(eventually([&] { return has(posts_); })) << shown("records");
    }
    EXPECT_EQ(opened(), 4);
    EXPECT_TRUE(eventually([&] { return is_live(); }));
    EXPECT_EQ(shown("dead_letters"), "0");
}

TEST_F(LiveOnASimulator, SaysThatItFailsAndTriesMoreAndMoreSeldom) {
    server_->tell("refuse", R"({"times": 3})");
    server_->tell("drop");
    posts_ = write(4);
    EXPECT_TRUE(eventually([&] { return shown("state") == "failing"; }));
    EXPECT_EQ(shown("live_since"), "null");
    EXPECT_THAT(shown("error"), HasSubstr("posts: "));
    EXPECT_TRUE(eventually([&] { return has(posts_) && is_live(); })) << shown("error");
    EXPECT_EQ(shown("state"), "current");
    EXPECT_EQ(opened(), 2);
}

TEST_F(LiveOnASimulator, RestsWhileItIsPaused) {
    EXPECT_EQ(command("connections pause social"), 0) << said();
    EXPECT_TRUE(eventually([&] { return !is_live(); }));
    const std::size_t before = posts_;
    posts_ = write(6);
    std::this_thread::sleep_for(std::chrono::seconds(3));
    EXPECT_TRUE(has(before)) << shown("records");
    EXPECT_EQ(command("connections resume social"), 0) << said();
    EXPECT_TRUE(eventually([&] { return has(posts_) && is_live(); })) << shown("records");
}

TEST_F(LiveOnASimulator, GoesOnAtItsCursorHoweverOftenItIsKilled) {
    kill_and_start(8, [this] { return write(9); });
}

TEST_F(Live, GoesOnAtItsCursorOnTheRealServer) {
    if (!Pds::is_installed()) GTEST_SKIP() << "the server of the AT Protocol is not installed";
    auto pds = Pds::start(*http_);
    ASSERT_TRUE(pds) << pds.error().text();
    const auto acme = (*pds)->sign_up("acme1");
    ASSERT_TRUE(acme) << acme.error().text();
    const auto ana = (*pds)->sign_up("ana1");
    ASSERT_TRUE(ana) << ana.error().text();
    configure((*pds)->url(), (*pds)->firehose(), acme->did);
    std::size_t posts = 0;
    const auto write = [&] {
        for (int i = 0; i < 3; ++i) {
            EXPECT_TRUE((*pds)->post(*ana, "number " + std::to_string(++posts)));
        }
        return posts + 2;
    };
    write();
    start();
    EXPECT_TRUE(eventually([&] { return is_live() && has(posts + 2); })) << daemon_->log();
    kill_and_start(4, write);
    EXPECT_EQ(command("connections pause social"), 0);
    EXPECT_TRUE(eventually([&] { return !is_live(); }));
    write();
    EXPECT_EQ(command("connections resume social"), 0);
    EXPECT_TRUE(eventually([&] { return is_live() && has(posts + 2); })) << shown("records");
}

}  // namespace
}  // namespace touchline::bluesky_test
