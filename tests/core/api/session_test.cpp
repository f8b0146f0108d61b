#include "door_bench.hpp"

#include <fstream>
#include <iterator>

namespace touchline::api {
namespace {

using access::Role;
using Sessions = DoorBench;

TEST_F(Sessions, BeginWithAPasswordAndTellWhoOneIs) {
    open();
    const Answer before =
        checked("get", "/api/v1/session", exchange(port(), "GET", "/api/v1/session"));
    EXPECT_EQ(value(before, "/signed_in"), "false");
    EXPECT_EQ(value(before, "/ways/password"), "true");

    const Session session = sign_in("agent");
    const Answer who = exchange(port(), "GET", "/api/v1/session", session.fields());
    EXPECT_EQ(text(who, "/name"), "A agent");
    EXPECT_EQ(text(who, "/role"), "agent");
    EXPECT_EQ(text(who, "/proof"), session.proof);
    EXPECT_EQ(exchange(port(), "GET", "/api/v1/connections", session.fields()).status, 200);
}

TEST_F(Sessions, LiveInACookieThatNoScriptAndNoOtherSiteGets) {
    open();
    const std::string plain = try_password("agent", k_password).field("set-cookie");
    EXPECT_NE(plain.find("; HttpOnly; SameSite=Strict"), std::string::npos) << plain;
    EXPECT_EQ(plain.find("Secure"), std::string::npos) << plain;
    stop();
    access::DoorOptions options;
    options.public_url = "https://touchline.example";
    open(options);
    const std::string secure = try_password("agent", k_password).field("set-cookie");
    EXPECT_TRUE(secure.starts_with("__Host-touchline=")) << secure;
    EXPECT_NE(secure.find("; Secure"), std::string::npos) << secure;
}

TEST_F(Sessions, DoNotSayWhichOfNameAndPasswordIsWrong) {
    open();
    const Answer wrong_password = try_password("agent", "not the password");
    const Answer wrong_name = try_password("nobody", k_password);
    EXPECT_EQ(wrong_password.status, 401);
    EXPECT_EQ(wrong_password.body, wrong_name.body);
    EXPECT_EQ(wrong_password.field("set-cookie"), "");
}

TEST_F(Sessions, EndWithSigningOut) {
    open();
    const Session session = sign_in("agent");
    const Answer ended = exchange(port(), "POST", "/api/v1/session/end", session.fields(), "{}");
    EXPECT_EQ(ended.status, 200) << ended.body;
    EXPECT_NE(ended.field("set-cookie").find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(exchange(port(), "GET", "/api/v1/connections", session.fields()).status, 401);
}

TEST_F(Sessions, EndAfterALongTimeWithoutWorkAndAfterAllHoweverBusy) {
    access::DoorOptions options;
    options.sessions = {std::chrono::minutes(30), std::chrono::hours(2)};
    open(options);
    const auto status = [this](const Session& session) {
        return exchange(port(), "GET", "/api/v1/connections", session.fields()).status;
    };
    const Session idle = sign_in("agent");
    clock_.advance(std::chrono::minutes(31));
    EXPECT_EQ(status(idle), 401);
    const Session busy = sign_in("agent");
    for (int minutes = 0; minutes < 110; minutes += 10) {
        EXPECT_EQ(status(busy), 200) << minutes;
        clock_.advance(std::chrono::minutes(10));
    }
    clock_.advance(std::chrono::minutes(11));
    EXPECT_EQ(status(busy), 401);
}

TEST_F(Sessions, SurviveARestartOfTheDaemon) {
    open();
    const Session session = sign_in("agent");
    stop();
    open();
    EXPECT_EQ(exchange(port(), "GET", "/api/v1/connections", session.fields()).status, 200);
}

TEST_F(Sessions, FollowWhatACommandChangesAtOnce) {
    open();
    const Session session = sign_in("agent");
    access::Directory directory(door_folder_);
    const auto role = [&] {
        return text(exchange(port(), "GET", "/api/v1/session", session.fields()), "/role");
    };
    ASSERT_TRUE(directory.set_role("agent", Role::lead));
    EXPECT_EQ(role(), "lead");
    clock_.advance(std::chrono::seconds(1));
    ASSERT_TRUE(directory.set_password("agent", Secret("another pass phrase"), clock_.now()));
    EXPECT_EQ(role(), "") << "a new password ends older sessions";
    ASSERT_TRUE(directory.remove_user("agent"));
    EXPECT_EQ(try_password("agent", "another pass phrase").status, 401);
}

TEST_F(Sessions, ChangeNothingForAPageOfAnotherSite) {
    open();
    const Session session = sign_in("agent");
    const std::string target = "/api/v1/customers/" + find("ana@example.org") + "/notes";
    const auto post_with = [&](Fields fields) {
        fields.emplace_back("Cookie", session.cookie);
        fields.emplace_back("Content-Type", "application/json");
        return exchange(port(), "POST", target, fields, R"({"text":"hello"})").status;
    };
    EXPECT_EQ(post_with({}), 403) << "no proof";
    EXPECT_EQ(post_with({{"X-CSRF-Token", std::string(64, '0')}}), 403);
    EXPECT_EQ(
        post_with({{"X-CSRF-Token", session.proof}, {"Origin", "https://evil.example"}}), 403
    );
    EXPECT_EQ(post_with({{"X-CSRF-Token", session.proof}, {"Sec-Fetch-Site", "cross-site"}}), 403);
    EXPECT_EQ(post_with({{"X-CSRF-Token", session.proof}, {"Origin", "http://127.0.0.1"}}), 201);
    EXPECT_EQ(try_password("agent", k_password, {{"Origin", "https://evil.example"}}).status, 403)
        << "nobody is signed in by a foreign page either";
}

TEST_F(Sessions, MakeWhoeverGuessesWait) {
    open();
    for (int attempt = 0; attempt < 5; ++attempt)
        EXPECT_EQ(try_password("agent", "wrong guess").status, 401) << attempt;
    const Answer waits = try_password("agent", k_password);
    EXPECT_EQ(waits.status, 429);
    EXPECT_NE(waits.field("retry-after"), "");
    EXPECT_EQ(try_password("lead", k_password).status, 200) << "others are not locked out";
    clock_.advance(std::chrono::minutes(16));
    EXPECT_EQ(try_password("agent", k_password).status, 200);
}

TEST_F(Sessions, BelieveOnlyTheNamedProxiesAboutAddresses) {
    access::DoorOptions options;
    options.proxies = {"127.0.0.1"};
    open(options);
    for (int attempt = 0; attempt < 6; ++attempt)
        try_password("agent", "wrong guess", {{"X-Forwarded-For", "1.2.3.4, 203.0.113.7"}});
    EXPECT_EQ(try_password("agent", k_password, {{"X-Forwarded-For", "198.51.100.1"}}).status, 200)
        << "another address is another guesser";
    EXPECT_EQ(
        try_password("agent", k_password, {{"X-Forwarded-For", "9.9.9.9, 203.0.113.7"}}).status, 429
    );
}

TEST_F(Sessions, SignWhatPeopleWriteWithTheirName) {
    open();
    const Session session = sign_in("lead");
    const std::string customer = "/api/v1/customers/" + find("ana@example.org");
    const Answer noted = exchange(
        port(),
        "POST",
        customer + "/notes",
        session.fields(),
        R"({"text":"hello","author":"The boss"})"
    );
    ASSERT_EQ(noted.status, 201) << noted.body;
    EXPECT_EQ(text(get_as(Role::admin, customer + "/pins"), "/pins/0/author"), "A lead");
}

TEST_F(Sessions, PutOnRecordWhoDidAndWhoLooked) {
    open();
    const Session session = sign_in("agent");
    const std::string id = find("ana@example.org");
    const std::string customer = "/api/v1/customers/" + id;
    for (const char* view : {"/summary", "/timeline", "/summary"})
        exchange(port(), "GET", customer + view, session.fields());
    exchange(port(), "POST", customer + "/notes", session.fields(), R"({"text":"hello"})");
    exchange(port(), "GET", "/api/v1/dead-letters", session.fields());
    try_password("agent", "wrong guess");
    const Answer record = get_as(Role::admin, "/api/v1/audit?account=agent");
    std::vector<std::string> actions;
    const auto document = json::Document::parse(record.body);
    for (const json::View event : document->root().get("events")->elements()) {
        actions.push_back(
            std::string(*event.get("action")->as_string()) + " " +
            std::string(*event.get("outcome")->as_string())
        );
    }
    EXPECT_EQ(
        actions,
        (std::vector<std::string>{
            "sign-in refused", "dead-letters refused", "notes done", "look done", "sign-in done"})
    );
    EXPECT_EQ(
        text(get_as(Role::admin, "/api/v1/audit?action=look&customer=" + id), "/events/0/account"),
        "agent"
    );
    EXPECT_EQ(record.body.find("ana@example.org"), std::string::npos) << "the record is no copy";
}

TEST_F(Sessions, TakeTokensUntilTheyExpireOrAreRevoked) {
    open();
    access::Directory directory(door_folder_);
    const Time soon = clock_.now() + std::chrono::hours(1);
    const auto token = directory.create_token({"robot", Role::agent, "", clock_.now(), soon});
    ASSERT_TRUE(token);
    const Fields fields{{"Authorization", "Bearer " + std::string(token->reveal())}};
    const auto status = [&] {
        return exchange(port(), "GET", "/api/v1/connections", fields).status;
    };
    EXPECT_EQ(status(), 200);
    clock_.advance(std::chrono::hours(2));
    EXPECT_EQ(status(), 401);
    EXPECT_EQ(get_as(Role::lead, "/api/v1/connections").status, 200);
    ASSERT_TRUE(directory.revoke_token("lead-token"));
    EXPECT_EQ(get_as(Role::lead, "/api/v1/connections").status, 401);
}

TEST_F(Sessions, KeepNeitherPasswordsNorTokensNorSessionsReadable) {
    open();
    const Session session = sign_in("agent");
    std::string kept;
    for (const auto& entry : std::filesystem::directory_iterator(door_folder_)) {
        std::ifstream in(entry.path());
        kept.append(std::istreambuf_iterator<char>(in), {});
        const auto others = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
        EXPECT_EQ(entry.status().permissions() & others, std::filesystem::perms::none)
            << entry.path();
    }
    EXPECT_NE(kept.find("$argon2id$"), std::string::npos);
    EXPECT_EQ(kept.find(k_password), std::string::npos);
    EXPECT_EQ(kept.find(tokens_.at(Role::agent)), std::string::npos);
    EXPECT_EQ(kept.find(session.cookie.substr(session.cookie.find('=') + 1)), std::string::npos);
}

}  // namespace
}  // namespace touchline::api
