#include "door_bench.hpp"

namespace touchline::api {
namespace {

using access::Role;
using Roles = DoorBench;

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

/// The roles that the description gives an operation; those who run the installation where it names
/// none.
access::Roles described_roles(json::View operation) {
    const auto list = operation.get("x-roles");
    if (!list) return {Role::integrator, Role::admin};
    access::Roles roles;
    for (const json::View name : list->elements()) {
        if (const auto role = access::role_named(name.as_string().value_or(""))) roles.add(*role);
    }
    return roles;
}

TEST_F(Roles, ReachExactlyWhatTheDescriptionSays) {
    open();
    const std::string customer = find("ana@example.org");
    int walked = 0;
    for (const json::Member path : description_.root().get("paths")->members()) {
        for (const json::Member method : path.value.members()) {
            // What needs no sign-in has no roles either; the stream never ends by itself.
            const auto security = method.value.get("security");
            if ((security && security->size() == 0) || path.key == "/api/v1/events") continue;
            const access::Roles allowed = described_roles(method.value);
            const bool is_post = method.key == "post";
            std::string target =
                replaced(std::string(path.key), "customers/{id}", "customers/" + customer);
            target = replaced(target, "{id}", "1");
            for (const Role role : access::k_roles) {
                Fields fields = as(role);
                fields.emplace_back("Content-Type", "application/json");
                const Answer answer =
                    exchange(port(), is_post ? "POST" : "GET", target, fields, "{}");
                EXPECT_EQ(answer.status != 403, allowed.has(role))
                    << method.key << " " << target << " as " << to_string(role) << ": "
                    << answer.status;
                EXPECT_NE(answer.status, 401) << target;
                ++walked;
            }
            EXPECT_EQ(exchange(port(), is_post ? "POST" : "GET", target, {}, "{}").status, 401)
                << target;
        }
    }
    EXPECT_GT(walked, 80);
}

TEST_F(Roles, AreOfferedWhatTheyMayDoAndNothingElse) {
    open();
    const Answer agent = exchange(port(), "GET", "/api/v1/session", as(Role::agent));
    EXPECT_NE(agent.body.find("POST /api/v1/customers/{}/merge"), std::string::npos);
    EXPECT_EQ(agent.body.find("/api/v1/dead-letters"), std::string::npos);
    const Answer integrator = exchange(port(), "GET", "/api/v1/session", as(Role::integrator));
    EXPECT_NE(integrator.body.find("GET /api/v1/dead-letters"), std::string::npos);
    EXPECT_EQ(integrator.body.find("/api/v1/audit"), std::string::npos);
}

TEST_F(Roles, OfTheInstallationsOwnTokenIsAdmin) {
    open();
    EXPECT_EQ(text(get("/api/v1/session"), "/role"), "admin");
    EXPECT_EQ(get("/api/v1/audit").status, 200);
}

}  // namespace
}  // namespace touchline::api
