#include "touchline/net/session.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/json/view.hpp"
#include "touchline/net/target_client.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

namespace touchline::net {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* k_password = "p\"ss\\word";

/// A server that gives sessions out, in the manner of the recipe. Thread-safe.
class SessionServer final : public HttpClient {
public:
    Result<Response> send(const Request& request, const SendOptions&, std::stop_token) override {
        const std::lock_guard lock(mutex_);
        requests.push_back(request);
        return request.url == "https://crm.example/api/login" ? log_in(request) : serve(request);
    }

    int logins = 0;
    std::set<std::string> good;  ///< values of Authorization
    std::function<Response()> refuse = [] { return Response{401, {}, "", ""}; };
    bool gives_useless_sessions = false;
    int login_fails_with = 0;
    std::vector<Request> requests;

private:
    Response log_in(const Request& request) {
        ++logins;
        if (login_fails_with != 0) return Response{login_fails_with, {}, "no", ""};
        const auto body = json::Document::parse(request.body);
        const auto password = body ? json::find(body->root(), "/params/1/password") : std::nullopt;
        if (!password || password->as_string() != k_password)
            return Response{200, {}, R"({"result":null})", ""};
        const std::string number = std::to_string(logins);
        if (!gives_useless_sessions) {
            good.insert("Session " + to_base64("ana:7:s" + number));
            good.insert("Bearer h" + number);
        }
        Response answer{200, {}, R"({"result":[7,"s)" + number + R"("]})", ""};
        answer.headers.set("X-Token", "h" + number);
        return answer;
    }
    Response serve(const Request& request) const {
        const std::string shown(request.headers.get("authorization").value_or(""));
        if (good.count(shown) == 0) return refuse();
        Response answer{200, {}, R"({"ok":true})", ""};
        answer.headers.set("X-Token", "again");
        return answer;
    }

    std::mutex mutex_;
};

class NoSleeper final : public Sleeper {
public:
    bool sleep(std::chrono::milliseconds, std::stop_token) override { return true; }
};

class SessionTest : public testing::Test {
protected:
    static SessionRecipe recipe() {
        SessionRecipe recipe;
        recipe.path = "/login";
        recipe.json = R"({"params":["{user}",{"password":"{secret}"}]})";
        recipe.scheme = "Session";
        recipe.value = "{user}:{/result/0}:{/result/1}";
        recipe.base64 = true;
        recipe.ended = {{401, "", ""}};
        return recipe;
    }
    TargetClient client(const SessionRecipe& recipe, const std::string& password = k_password) {
        session_ = std::make_shared<Session>(recipe, "ana", Secret(password));
        Target target{"crm", "https://crm.example/api", InSession{session_}, {}, {}, nullptr};
        auto made = TargetClient::make(target, {server_, clock_, sleeper_, [] { return 0.5; }});
        return std::move(made).value();
    }

    SessionServer server_;
    ManualClock clock_{*parse_rfc3339("2026-01-01T00:00:00Z")};
    NoSleeper sleeper_;
    std::shared_ptr<Session> session_;
};

TEST_F(SessionTest, IsBegunOnceAndCarriedByEveryCall) {
    auto crm = client(recipe());
    EXPECT_EQ(crm.call({}, {})->status, 200);
    EXPECT_EQ(crm.call({}, {})->status, 200);
    EXPECT_EQ(server_.logins, 1);
    EXPECT_EQ(
        server_.requests.at(1).headers.get("authorization"), "Session " + to_base64("ana:7:s1")
    );
}

TEST_F(SessionTest, IsBegunAnewOnceItHasEnded) {
    auto crm = client(recipe());
    ASSERT_EQ(crm.call({}, {})->status, 200);
    server_.good.clear();
    EXPECT_EQ(crm.call({}, {})->status, 200);
    EXPECT_EQ(server_.logins, 2);
}

TEST_F(SessionTest, MayEndWithAnAnswerOf200) {
    auto rules = recipe();
    rules.ended = {{200, "/errors/0/code", "FORBIDDEN"}};
    auto crm = client(rules);
    server_.refuse = [] { return Response{200, {}, R"({"errors":[{"code":"FORBIDDEN"}]})", ""}; };
    ASSERT_TRUE(crm.call({}, {}));
    server_.good.clear();
    const auto answer = crm.call({}, {});
    EXPECT_EQ(answer->body, R"({"ok":true})");
    EXPECT_EQ(server_.logins, 2);
    server_.refuse = [] { return Response{200, {}, R"({"note":"FORBIDDEN"})", ""}; };
    server_.good.clear();
    EXPECT_EQ(crm.call({}, {})->body, R"({"note":"FORBIDDEN"})") << "the word stands elsewhere";
    EXPECT_EQ(server_.logins, 2);
}

TEST_F(SessionTest, MayBeTakenFromAHeader) {
    auto rules = recipe();
    rules.scheme = "Bearer";
    rules.value = "{header:x-token}";
    rules.base64 = false;
    auto crm = client(rules);
    const auto answer = crm.call({}, {});
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(server_.requests.back().headers.get("authorization"), "Bearer h1");
    EXPECT_FALSE(answer->headers.get("x-token")) << "what the connector sees holds no token";
}

TEST_F(SessionTest, IsNotAskedForAgainAndAgainWhereItIsOfNoUse) {
    server_.gives_useless_sessions = true;
    auto crm = client(recipe());
    EXPECT_EQ(crm.call({}, {})->status, 401);
    EXPECT_EQ(server_.logins, 1);
}

TEST_F(SessionTest, SaysThatTheUserIsNotLetInAndNotHow) {
    auto crm = client(recipe(), "wrong-secret");
    const auto call = crm.call({}, {});
    ASSERT_FALSE(call);
    EXPECT_EQ(call.error().code(), Code::auth);
    EXPECT_THAT(call.error().text(), Not(HasSubstr("wrong-secret")));
    server_.login_fails_with = 401;
    EXPECT_EQ(crm.call({}, {}).error().code(), Code::auth);
    server_.login_fails_with = 503;
    EXPECT_EQ(crm.call({}, {}).error().code(), Code::unavailable);
}

TEST_F(SessionTest, IsBegunByOneOfManyThreads) {
    auto crm = client(recipe());
    std::vector<std::thread> threads;
    std::atomic<int> good = 0;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const auto answer = crm.call({}, {});
            if (answer && answer->status == 200) ++good;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 8);
    EXPECT_EQ(server_.logins, 1);
}

TEST_F(SessionTest, IsNoneOfTheConnectorsBusiness) {
    auto rules = recipe();
    rules.header = "X-Session";
    auto crm = client(rules);
    Call call;
    call.headers.set("x-session", "mine");
    EXPECT_EQ(crm.call(call, {}).error().code(), Code::denied);
}

}  // namespace
}  // namespace touchline::net
