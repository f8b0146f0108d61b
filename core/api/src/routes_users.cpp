// The users that this installation knows itself, and what administrators change about them.
#include "access.hpp"
#include "body.hpp"
#include "problem.hpp"
#include "routes.hpp"

#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::api {
namespace {

/// Error: conflict, where nobody signs in.
Result<access::Directory*> directory_of(const Call& call) {
    if (call.options.door != nullptr) return &call.options.door->directory();
    return Error(Code::conflict, "this installation was started without sign-in")
        .cure("Start it without --dev, and add the first administrator with `touchline user`.");
}

/// So that somebody who lets others in remains: whoever changes a user is one.
Result<void> check_is_other(const Call& call) {
    const bool is_own =
        call.caller.way == access::Caller::Way::session && call.caller.account == call.path[0];
    if (!is_own) return {};
    return Error(Code::conflict, "nobody disables or demotes themselves")
        .cure("Let another administrator do it.");
}

Result<access::Role> role_in(json::View body) {
    const std::string name = text_of(body, "role");
    if (const auto role = access::role_named(name)) return *role;
    return Error(Code::bad_data, "role has to be agent, lead, integrator or admin");
}

void write(json::Writer& writer, const access::User& user) {
    writer.begin_object().member("account", user.account).member("name", user.name);
    writer.member("role", to_string(user.role)).member("enabled", user.enabled);
    writer.member("created_at", format_rfc3339(user.created_at));
    writer.member("password_at", format_rfc3339(user.password_at)).end_object();
}

/// What a user is after a change.
Answer user_answer(const access::Directory& directory, const std::string& account) {
    const auto user = directory.find_user(account);
    if (!user) return Error(Code::not_found, "there is no user " + account);
    json::Writer writer;
    write(writer, *user);
    return json_response(writer.take());
}

Answer set_enabled(const Call& call, bool enabled) {
    TOUCHLINE_CHECK(check_change(call.request));
    TOUCHLINE_TRY(access::Directory* const directory, directory_of(call));
    if (!enabled) TOUCHLINE_CHECK(check_is_other(call));
    TOUCHLINE_CHECK(directory->set_enabled(call.path[0], enabled));
    return user_answer(*directory, call.path[0]);
}

}  // namespace

Answer get_users(const Call& call) {
    std::vector<access::User> users;
    if (call.options.door != nullptr) {
        TOUCHLINE_TRY(users, call.options.door->directory().users());
    }
    std::ranges::sort(users, {}, &access::User::account);
    json::Writer writer;
    writer.begin_object().member("sign_in", call.options.door != nullptr);
    writer.key("users").begin_array();
    for (const access::User& user : users) write(writer, user);
    writer.end_array().end_object();
    return json_response(writer.take());
}

Answer post_user(const Call& call) {
    TOUCHLINE_TRY(access::Directory* const directory, directory_of(call));
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    access::User user;
    user.account = call.path[0];
    user.name = text_of(body.root(), "name").substr(0, 200);
    TOUCHLINE_TRY(user.role, role_in(body.root()));
    TOUCHLINE_CHECK(directory->add_user(
        std::move(user),
        Secret(text_of(body.root(), "password")),
        call.options.environment.clock.now()
    ));
    return user_answer(*directory, call.path[0]);
}

Answer post_user_role(const Call& call) {
    TOUCHLINE_TRY(access::Directory* const directory, directory_of(call));
    TOUCHLINE_CHECK(check_is_other(call));
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    TOUCHLINE_TRY(const access::Role role, role_in(body.root()));
    TOUCHLINE_CHECK(directory->set_role(call.path[0], role));
    return user_answer(*directory, call.path[0]);
}

Answer post_user_password(const Call& call) {
    TOUCHLINE_TRY(access::Directory* const directory, directory_of(call));
    TOUCHLINE_TRY(const json::Document body, body_of(call));
    TOUCHLINE_CHECK(directory->set_password(
        call.path[0], Secret(text_of(body.root(), "password")), call.options.environment.clock.now()
    ));
    return user_answer(*directory, call.path[0]);
}

Answer post_user_disable(const Call& call) {
    return set_enabled(call, false);
}

Answer post_user_enable(const Call& call) {
    return set_enabled(call, true);
}

}  // namespace touchline::api
