#include "access.hpp"

#include "touchline/base/text.hpp"

namespace touchline::api {
namespace {

using access::Caller;
using access::Role;

std::string_view host_name(std::string_view host) {
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

bool is_loopback_name(std::string_view name) {
    return name == "127.0.0.1" || name == "localhost" || name == "[::1]";
}

}  // namespace

Result<Caller> caller_of(const ApiOptions& options, const net::ServerRequest& request) {
    if (options.door != nullptr) return options.door->caller(request);
    if (options.token.empty()) {
        if (is_loopback_name(host_name(request.headers.get("Host").value_or("")))) return Caller{};
        return Error(
            Code::denied, "without sign-in, this server answers to 127.0.0.1 and localhost only"
        );
    }
    constexpr std::string_view k_scheme = "bearer ";
    const std::string_view given = request.headers.get("Authorization").value_or("");
    if (lower_ascii(given.substr(0, k_scheme.size())) == k_scheme &&
        options.token.matches(trim(given.substr(k_scheme.size())))) {
        return Caller{Caller::Way::token, Role::admin, "api-token", "", ""};
    }
    return Error(
        Code::auth,
        given.empty() ? "no bearer token was given" : "the bearer token is not the right one"
    );
}

Result<void> check_change(const net::ServerRequest& request) {
    const std::string type = lower_ascii(request.headers.get("Content-Type").value_or(""));
    if (type.starts_with("application/json")) return {};
    return Error(Code::bad_data, "send the body with Content-Type: application/json");
}

}  // namespace touchline::api
