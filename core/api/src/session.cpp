#include "session.hpp"

#include "access.hpp"
#include "problem.hpp"
#include "record.hpp"
#include "routes.hpp"

#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

namespace touchline::api {
namespace {

/// "POST /api/v1/customers/{}/merge" for each route: a page offers nothing else.
void write_abilities(json::Writer& writer, access::Role role) {
    writer.key("may").begin_array();
    for (const Route& route : routes()) {
        if (route.roles.has(role))
            writer.value(std::string(route.method) + " " + std::string(route.pattern));
    }
    writer.end_array();
}

void write_ways(json::Writer& writer, const ApiOptions& options) {
    const bool has_passwords = options.door != nullptr && options.door->has_users();
    writer.key("ways").begin_object().member("password", has_passwords);
    writer.member("token", options.door != nullptr || !options.token.empty());
    writer.key("openid");
    const access::OpenIdSettings* openid =
        options.door != nullptr ? options.door->openid() : nullptr;
    openid != nullptr ? writer.value(openid->name) : writer.null();
    writer.end_object();
}

net::ServerResponse who(const ApiOptions& options, const Result<access::Caller>& caller) {
    json::Writer writer;
    writer.begin_object().member("signed_in", caller.has_value());
    if (caller) {
        const bool is_session = caller->way == access::Caller::Way::session;
        writer.member("leaves", is_session).member("account", caller->account);
        writer.member("name", caller->name).member("role", to_string(caller->role));
        writer.member("proof", access::Door::proof_of(*caller));
        const view::Reading& reading = options.readings[static_cast<std::size_t>(caller->role)];
        writer.member("reads_everything", reading.everything());
        write_abilities(writer, caller->role);
    }
    write_ways(writer, options);
    writer.end_object();
    return json_response(writer.take());
}

net::ServerResponse refused(const Error& error) {
    net::ServerResponse response = problem(error);
    if (error.retry_after()) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(*error.retry_after());
        response.headers.set("Retry-After", std::to_string(seconds.count()));
    }
    return response;
}

std::string text_in(json::View object, std::string_view name) {
    const auto member = object.get(name);
    return std::string(member ? member->as_string().value_or("") : std::string_view());
}

net::ServerResponse sign_in(const ApiOptions& options, const net::ServerRequest& request) {
    if (const auto json = check_change(request); !json) return problem(json.error());
    if (options.door == nullptr)
        return problem(Error(Code::not_found, "nobody signs in with a password here"));
    const auto body = json::Document::parse(request.body);
    if (!body) return problem(body.error());
    const auto panel = body->root().get("panel");
    const auto entry = options.door->sign_in(
        request,
        text_in(body->root(), "account"),
        Secret(text_in(body->root(), "password")),
        panel && panel->as_bool().value_or(false)
    );
    if (!entry) return refused(entry.error());
    net::ServerResponse response = who(options, entry->caller);
    response.headers.set("Set-Cookie", entry->cookie);
    return response;
}

net::ServerResponse sign_out(const ApiOptions& options, const net::ServerRequest& request) {
    if (const auto json = check_change(request); !json) return problem(json.error());
    const auto caller = caller_of(options, request);
    if (!caller) return problem(caller.error());
    net::ServerResponse response = json_response(R"({"signed_in":false})");
    if (options.door == nullptr || caller->way != access::Caller::Way::session) return response;
    if (const auto own = options.door->check_change(request, *caller); !own)
        return problem(own.error());
    record(options, request, *caller, {.action = "sign-out"});
    response.headers.set("Set-Cookie", options.door->sign_out(*caller));
    return response;
}

net::ServerResponse redirect(const std::string& url, const std::string& cookie) {
    net::ServerResponse response;
    response.status = 303;
    response.headers.set("Location", url);
    response.headers.set("Cache-Control", "no-store");
    if (!cookie.empty()) response.headers.set("Set-Cookie", cookie);
    return response;
}

net::ServerResponse begin_openid(const ApiOptions& options, const net::ServerRequest& request) {
    if (options.door == nullptr) return problem(Error(Code::not_found, "there is no provider"));
    const auto wanted = request.query.find("return_to");
    const auto begun = options.door->begin_openid(
        request, wanted == request.query.end() ? std::string() : wanted->second
    );
    if (!begun) return problem(begun.error());
    return redirect(begun->url, begun->cookie);
}

/// A browser comes here: what went wrong is told on the page, where one can begin again.
net::ServerResponse finish_openid(const ApiOptions& options, const net::ServerRequest& request) {
    if (options.door == nullptr) return problem(Error(Code::not_found, "there is no provider"));
    const auto entry = options.door->finish_openid(request);
    if (entry) return redirect(entry->return_to, entry->cookie);
    const bool has_no_role = entry.error().code() == Code::denied;
    return redirect(has_no_role ? "/?sign-in=no-role" : "/?sign-in=failed", "");
}

}  // namespace

std::optional<net::ServerResponse> answer_session(
    const ApiOptions& options, const net::ServerRequest& request
) {
    const bool reads = request.method == "GET", sends = request.method == "POST";
    if (request.path == "/api/v1/session") {
        if (reads) return who(options, caller_of(options, request));
        return sends ? sign_in(options, request) : wrong_method("GET, POST");
    }
    if (request.path == "/api/v1/session/end")
        return sends ? sign_out(options, request) : wrong_method("POST");
    if (request.path == "/api/v1/sign-in")
        return reads ? begin_openid(options, request) : wrong_method("GET");
    if (request.path == "/api/v1/sign-in/callback")
        return reads ? finish_openid(options, request) : wrong_method("GET");
    return std::nullopt;
}

}  // namespace touchline::api
