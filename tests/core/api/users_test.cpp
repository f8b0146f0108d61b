// What administrators change about users, as users notice it.
#include "door_bench.hpp"

namespace touchline::api {
namespace {

using access::Role;

class Users : public DoorBench {
protected:
    Users() {
        open();
        admin_ = sign_in("admin");
    }

    Answer list() { return get_as(Role::admin, "/api/v1/users"); }
    Answer change(const std::string& what, const std::string& body = "{}") {
        return change_in(admin_.fields(), what, body);
    }
    Answer change_in(const Fields& fields, const std::string& what, const std::string& body) {
        const std::string target = "/api/v1/users/" + what;
        return checked("post", target, exchange(port(), "POST", target, fields, body));
    }
    int status_of(const Session& session) {
        return exchange(port(), "GET", "/api/v1/lookup?q=ana", session.fields()).status;
    }

    static constexpr const char* k_new_password = R"({"password":"another pass phrase"})";
    Session admin_;
};

TEST_F(Users, AreListedWithoutWhatProvesThem) {
    const Answer users = list();
    EXPECT_EQ(value(users, "/sign_in"), "true");
    EXPECT_EQ(text(users, "/users/0/account"), "admin");
    EXPECT_EQ(text(users, "/users/1/role"), "agent");
    EXPECT_EQ(value(users, "/users/1/enabled"), "true");
    EXPECT_EQ(users.body.find("argon2"), std::string::npos);
}

TEST_F(Users, ComeInOnceTheyAreAdded) {
    const std::string body =
        R"({"name":"Tom Maes","role":"lead","password":")" + std::string(k_password) + R"("})";
    EXPECT_EQ(text(change("tom", body), "/role"), "lead");
    EXPECT_EQ(status_of(sign_in("tom")), 200);
    EXPECT_EQ(change("tom", body).status, 409);
    EXPECT_EQ(change("Tom%20", body).status, 400) << "a name that surprises";
    EXPECT_EQ(change("tim", R"({"role":"lead","password":"short"})").status, 400);
    EXPECT_EQ(change("tim", R"({"role":"king","password":"a long pass phrase"})").status, 400);
    EXPECT_EQ(change("nobody/role", R"({"role":"agent"})").status, 404);
}

TEST_F(Users, MayDoWhatTheirRoleOfNowMay) {
    const Session agent = sign_in("agent");
    const auto runs = [&] {
        return exchange(port(), "GET", "/api/v1/dead-letters", agent.fields()).status;
    };
    EXPECT_EQ(runs(), 403);
    EXPECT_EQ(text(change("agent/role", R"({"role":"integrator"})"), "/role"), "integrator");
    EXPECT_EQ(runs(), 200);
}

TEST_F(Users, AreOutAtOnceWhenTheyAreDisabled) {
    const Session agent = sign_in("agent");
    EXPECT_EQ(status_of(agent), 200);
    EXPECT_EQ(value(change("agent/disable"), "/enabled"), "false");
    EXPECT_EQ(status_of(agent), 401);
    EXPECT_EQ(try_password("agent", k_password).status, 403);
    EXPECT_EQ(try_password("agent", "a wrong pass phrase").status, 401) << "and says no more";
    EXPECT_EQ(value(list(), "/users/1/enabled"), "false");
    EXPECT_EQ(value(change("agent/enable"), "/enabled"), "true");
    EXPECT_EQ(status_of(sign_in("agent")), 200);
}

TEST_F(Users, LeaveTheirSessionsBehindWithTheirPassword) {
    const Session agent = sign_in("agent");
    clock_.advance(std::chrono::seconds(1));
    EXPECT_EQ(change("agent/password", k_new_password).status, 200);
    EXPECT_EQ(status_of(agent), 401);
    EXPECT_EQ(try_password("agent", k_password).status, 401);
    EXPECT_EQ(try_password("agent", "another pass phrase").status, 200);
}

TEST_F(Users, DoNotLockThemselvesOut) {
    EXPECT_EQ(change("admin/disable").status, 409);
    EXPECT_EQ(change("admin/role", R"({"role":"agent"})").status, 409);
    EXPECT_EQ(status_of(admin_), 200);
}

TEST_F(Users, AreChangedByAdministratorsAlone) {
    for (const Role role : {Role::agent, Role::lead, Role::integrator}) {
        const Session session = sign_in(std::string(to_string(role)));
        for (const char* const what : {"tom", "agent/role", "agent/disable", "admin/password"})
            EXPECT_EQ(change_in(session.fields(), what, "{}").status, 403) << what;
    }
    Fields without_proof{{"Cookie", admin_.cookie}, {"Content-Type", "application/json"}};
    EXPECT_EQ(change_in(without_proof, "agent/disable", "{}").status, 403);
}

TEST_F(Users, AreOnRecordWithWhoChangedThem) {
    change("agent/role", R"({"role":"lead"})");
    change("agent/disable");
    change("admin/disable");
    const Answer record = get_as(Role::admin, "/api/v1/audit?account=admin");
    EXPECT_EQ(text(record, "/events/0/action"), "user disable");
    EXPECT_EQ(text(record, "/events/0/outcome"), "failed");
    EXPECT_EQ(text(record, "/events/1/action"), "user disable");
    EXPECT_EQ(text(record, "/events/1/subject"), "agent");
    EXPECT_EQ(text(record, "/events/2/action"), "user role");
}

}  // namespace
}  // namespace touchline::api
