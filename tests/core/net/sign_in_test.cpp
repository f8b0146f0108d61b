#include "touchline/net/sign_in.hpp"

#include "touchline/net/target_client.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <thread>

namespace touchline::net {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

/// An authorisation server with rotation, and an API behind it. Thread-safe.
class LoginServer final : public HttpClient {
public:
    Result<Response> send(const Request& request, const SendOptions&, std::stop_token) override {
        const std::lock_guard lock(mutex_);
        return request.url.ends_with("/token") ? renew(request) : serve(request);
    }

    int renewals = 0;
    std::string good_refresh = "r0", good_access = "a0";
    std::function<void()> before_answer;
    int fails_with = 0;

private:
    Result<Response> renew(const Request& request) {
        ++renewals;
        if (fails_with != 0) return Response{fails_with, {}, "", ""};
        const bool known =
            request.body.find("refresh_token=" + good_refresh + "&") != std::string::npos;
        if (!known) return Response{400, {}, R"({"error":"invalid_grant"})", ""};
        good_refresh = "r" + std::to_string(renewals);
        good_access = "a" + std::to_string(renewals);
        if (before_answer) before_answer();
        return Response{
            200,
            {},
            R"({"access_token":")" + good_access + R"(","refresh_token":")" + good_refresh +
                R"(","expires_in":3600})",
            ""};
    }
    Result<Response> serve(const Request& request) const {
        const bool good = request.headers.get("authorization") == "Bearer " + good_access;
        return Response{good ? 200 : 401, {}, "{}", request.url};
    }

    std::mutex mutex_;
};

class SignInTest : public testing::Test {
protected:
    SignInTest() {
        folder_ = std::filesystem::temp_directory_path() /
                  ("touchline-sign-in-" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder_);
        Tokens first;
        first.refresh = Secret("r0");
        auto vault = make_file_vault(file());
        EXPECT_TRUE(vault->lock());
        EXPECT_TRUE(vault->save(first));
    }
    ~SignInTest() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path file() const { return folder_ / "tokens" / "crm.json"; }
    std::shared_ptr<SignIn> sign_in() {
        OAuthClient client;
        client.grant = OAuthGrant::refresh_token;
        client.token_url = "https://login.example/token";
        client.id = "app";
        client.secret = Secret("s3cret");
        return std::make_shared<SignIn>("crm", client, make_file_vault(file()), server_, clock_);
    }
    std::string stored_refresh() const {
        const auto tokens = make_file_vault(file())->load();
        return tokens ? std::string(tokens->refresh.reveal()) : tokens.error().text();
    }

    std::filesystem::path folder_;
    LoginServer server_;
    ManualClock clock_{*parse_rfc3339("2026-01-01T00:00:00Z")};
};

TEST_F(SignInTest, RenewsShortlyBeforeTheTokenEnds) {
    const auto signed_in = sign_in();
    EXPECT_EQ(signed_in->token({})->reveal(), "a1");
    EXPECT_EQ(signed_in->token({})->reveal(), "a1");
    clock_.advance(3600s - 61s);
    EXPECT_EQ(signed_in->token({})->reveal(), "a1");
    clock_.advance(2s);
    EXPECT_EQ(signed_in->token({})->reveal(), "a2");
    EXPECT_EQ(server_.renewals, 2);
}

TEST_F(SignInTest, HasStoredARotatedTokenBeforeItIsUsed) {
    const auto signed_in = sign_in();
    ASSERT_TRUE(signed_in->token({}));
    EXPECT_EQ(stored_refresh(), "r1");
    // A process that dies right after loses nothing: the next one goes on with what was stored.
    EXPECT_EQ(sign_in()->token({})->reveal(), "a1");
    EXPECT_EQ(server_.renewals, 1);
}

TEST_F(SignInTest, DoesNotUseATokenThatCannotBeStored) {
    server_.before_answer = [this] {
        std::filesystem::remove_all(folder_ / "tokens");
        std::ofstream(folder_ / "tokens") << "in the way";
    };
    const auto token = sign_in()->token({});
    ASSERT_FALSE(token);
    EXPECT_EQ(token.error().code(), Code::config);
}

TEST_F(SignInTest, IsRenewedByOneOfManyThreads) {
    const auto signed_in = sign_in();
    std::vector<std::thread> threads;
    std::atomic<int> good = 0;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const auto token = signed_in->token({});
            if (token && token->reveal() == "a1") ++good;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 8);
    EXPECT_EQ(server_.renewals, 1);
}

TEST_F(SignInTest, IsRenewedByOneOfSeveralProcesses) {
    // Two objects over one file stand for two processes: what one has renewed the other reads.
    const auto one = sign_in();
    const auto other = sign_in();
    ASSERT_TRUE(one->token({}));
    EXPECT_EQ(other->token({})->reveal(), "a1");
    EXPECT_EQ(server_.renewals, 1);
}

TEST_F(SignInTest, TellsHowToSignInAgainWhenTheGrantIsGone) {
    server_.good_refresh = "somebody took it back";
    const auto token = sign_in()->token({});
    ASSERT_FALSE(token);
    EXPECT_EQ(token.error().code(), Code::auth);
    EXPECT_THAT(token.error().cure(), HasSubstr("touchline connections auth crm"));
    EXPECT_THAT(token.error().text(), Not(HasSubstr("s3cret")));
}

TEST_F(SignInTest, KeepsItsGrantWhenTheServerIsDown) {
    server_.fails_with = 503;
    const auto signed_in = sign_in();
    EXPECT_EQ(signed_in->token({}).error().code(), Code::unavailable);
    EXPECT_EQ(stored_refresh(), "r0");
    server_.fails_with = 0;
    EXPECT_TRUE(signed_in->token({}));
}

TEST_F(SignInTest, LetsOnlyItsOwnerReadTheFile) {
    ASSERT_TRUE(sign_in()->token({}));
    const auto mode = std::filesystem::status(file()).permissions();
    EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

class NoSleeper final : public Sleeper {
public:
    bool sleep(std::chrono::milliseconds, std::stop_token) override { return true; }
};

TEST_F(SignInTest, RenewsOnceWhenACallIsRefused) {
    NoSleeper sleeper;
    const auto signed_in = sign_in();
    Target target{"crm", "https://crm.example", SignedIn{signed_in}, {}, {}, nullptr};
    auto client = TargetClient::make(target, {server_, clock_, sleeper, [] { return 0.5; }});
    ASSERT_TRUE(client);
    ASSERT_EQ(client->call({}, {})->status, 200);
    server_.good_access = "taken back early";
    EXPECT_EQ(client->call({}, {})->status, 200);
    EXPECT_EQ(server_.renewals, 2);
    server_.good_access = "and for good";
    server_.good_refresh = "too";
    const auto refused = client->call({}, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Code::auth);
    EXPECT_EQ(server_.renewals, 3) << "one attempt, no storm";
}

}  // namespace
}  // namespace touchline::net
