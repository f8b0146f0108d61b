#include "touchline/access/door.hpp"

#include "cookies.hpp"

#include "touchline/access/password.hpp"
#include "touchline/base/digest.hpp"
#include "touchline/base/log.hpp"
#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::access {
namespace {

constexpr std::string_view k_binding_cookie = "touchline-sign-in";
constexpr std::string_view k_callback = "/api/v1/sign-in/callback";

std::string_view field(const net::ServerRequest& request, std::string_view name) {
    return request.headers.get(name).value_or("");
}

std::string_view bearer_of(const net::ServerRequest& request) {
    constexpr std::string_view k_scheme = "bearer ";
    const std::string_view given = field(request, "Authorization");
    if (lower_ascii(given.substr(0, k_scheme.size())) != k_scheme) return {};
    return trim(given.substr(k_scheme.size()));
}

std::string without_end(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    return url;
}

}  // namespace

Door::Door(DoorOptions options, net::HttpClient& http, const Clock& clock)
    : options_(std::move(options)),
      secure_(options_.public_url.starts_with("https://")),
      clock_(clock),
      directory_(options_.folder),
      sessions_(options_.folder, options_.sessions),
      audit_(options_.folder) {
    if (options_.openid) openid_ = std::make_unique<OpenId>(*options_.openid, http, clock);
}

Result<Caller> Door::caller(const net::ServerRequest& request, bool at_work) {
    if (const std::string_view given = bearer_of(request); !given.empty()) {
        if (!options_.token.empty() && options_.token.matches(given))
            return Caller{Caller::Way::token, Role::admin, "api-token", "", ""};
        if (const auto token = directory_.find_token(given, clock_.now()))
            return Caller{Caller::Way::token, token->role, token->name, "", ""};
        return Error(Code::auth, "the bearer token is not the right one");
    }
    const std::string_view cookies = field(request, "Cookie");
    for (const bool framed : {false, true}) {
        const auto secret = cookie_value(cookies, cookie_name(framed));
        if (!secret) continue;
        if (auto caller = of_session(*secret, framed, at_work)) return std::move(*caller);
    }
    return Error(Code::auth, "nobody is signed in");
}

std::optional<Caller> Door::of_session(std::string_view secret, bool framed, bool at_work) {
    const auto session = sessions_.find(secret, clock_.now(), at_work);
    if (!session || session->embedded != framed) return std::nullopt;
    std::optional<Role> role = session->role;
    if (!role) {
        const auto user = directory_.find_user(session->account);
        if (!user || !user->enabled || user->password_at > session->began_at) return std::nullopt;
        role = user->role;
    }
    return Caller{
        Caller::Way::session, *role, session->account, session->name, std::string(secret)};
}

Result<void> Door::check_change(const net::ServerRequest& request, const Caller& caller) const {
    if (caller.way != Caller::Way::session) return {};
    if (!is_own_origin(request))
        return Error(Code::denied, "the request comes from a page of another site");
    if (equal_constant_time(field(request, "X-CSRF-Token"), proof_of(caller))) return {};
    return Error(Code::denied, "the request lacks the session's proof")
        .cure("Send the `proof` of /api/v1/session as X-CSRF-Token.");
}

std::string Door::proof_of(const Caller& caller) {
    if (caller.session.empty()) return {};
    const Digest digest = hmac_sha256(caller.session, "csrf");
    return to_hex(digest);
}

Result<Door::Entry> Door::sign_in(
    const net::ServerRequest& request, std::string_view typed, const Secret& password, bool framed
) {
    if (!is_own_origin(request))
        return Error(Code::denied, "the request comes from a page of another site");
    if (framed && !(options_.framed && secure_)) {
        return Error(Code::denied, "nobody signs in inside a frame here")
            .cure("Name the sites under server.frames, and serve with https.");
    }
    const std::string account = lower_ascii(trim(typed)).substr(0, 200);
    const std::string address = address_of(request);
    if (const auto wait = attempts_.wait_for(account, address, clock_.now())) {
        record(request, account, "", "sign-in", "too many attempts");
        return Error(
                   Code::rate_limited,
                   "too many attempts: try again in " + std::to_string(wait->count()) + " s"
        )
            .after(*wait);
    }
    const auto user = directory_.find_user(account);
    if (!verify_password(user ? user->hash : std::string(), password)) {
        attempts_.failed(account, address, clock_.now());
        record(request, account, "", "sign-in", "refused");
        return Error(Code::auth, "the name or the password is not right");
    }
    attempts_.succeeded(account, address);
    if (!user->enabled) {
        record(request, account, to_string(user->role), "sign-in", "disabled");
        return Error(Code::denied, "this account is disabled")
            .cure("Ask an administrator of this installation.");
    }
    record(request, account, to_string(user->role), "sign-in", "done");
    Session session;
    session.account = account;
    session.name = user->name.empty() ? account : user->name;
    session.embedded = framed;
    return enter(std::move(session), user->role);
}

Result<Door::Entry> Door::enter(Session session, Role role) {
    Entry entry;
    entry.caller = {Caller::Way::session, role, session.account, session.name, ""};
    const bool framed = session.embedded;
    TOUCHLINE_TRY(entry.caller.session, sessions_.begin(std::move(session), clock_.now()));
    entry.cookie = cookie_for(entry.caller.session, framed, sessions_.life());
    return entry;
}

std::string Door::sign_out(const Caller& caller) {
    const auto session = sessions_.find(caller.session, clock_.now());
    sessions_.end(caller.session);
    return cookie_for("", session && session->embedded, std::chrono::seconds(0));
}

Result<Door::Redirect> Door::begin_openid(
    const net::ServerRequest& request, std::string_view return_to
) {
    if (!openid_) return Error(Code::not_found, "there is no identity provider");
    const std::string origin = options_.public_url.empty()
                                   ? "http://" + std::string(field(request, "Host"))
                                   : without_end(options_.public_url);
    TOUCHLINE_TRY(
        const OpenId::Begun begun,
        openid_->begin(origin + std::string(k_callback), own_path(return_to))
    );
    // Lax: the provider leads back here from its own site.
    Cookie cookie{std::string(k_binding_cookie), begun.binding, "/api/v1/sign-in"};
    cookie.same_site = "Lax";
    cookie.secure = secure_;
    cookie.life = std::chrono::minutes(10);
    return Redirect{begun.url, text_of(cookie)};
}

Result<Door::Entry> Door::finish_openid(const net::ServerRequest& request) {
    if (!openid_) return Error(Code::not_found, "there is no identity provider");
    const auto binding = cookie_value(field(request, "Cookie"), k_binding_cookie);
    auto returned = openid_->finish(request.query, binding.value_or(""));
    if (!returned) {
        record(request, "", "", "sign-in", "refused");
        return std::move(returned).error();
    }
    record(request, returned->who.account, to_string(returned->who.role), "sign-in", "done");
    Session session;
    session.account = returned->who.account;
    session.name = returned->who.name;
    session.role = returned->who.role;
    TOUCHLINE_TRY(Entry entry, enter(std::move(session), returned->who.role));
    entry.return_to = returned->return_to;
    return entry;
}

/// The last address that no believed proxy has added itself.
std::string Door::address_of(const net::ServerRequest& request) const {
    const auto is_believed = [this](std::string_view address) {
        return std::find(options_.proxies.begin(), options_.proxies.end(), address) !=
               options_.proxies.end();
    };
    std::string address = request.remote_address;
    std::string_view rest = field(request, "X-Forwarded-For");
    while (is_believed(address) && !rest.empty()) {
        const std::size_t comma = rest.rfind(',');
        address = trim(rest.substr(comma == std::string_view::npos ? 0 : comma + 1));
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
    }
    return address.substr(0, 64);
}

bool Door::has_users() const {
    const auto users = directory_.users();
    return users && !users->empty();
}

std::string Door::cookie_for(std::string_view secret, bool framed, std::chrono::seconds life)
    const {
    Cookie cookie{cookie_name(framed), std::string(secret), "/"};
    cookie.secure = secure_;
    cookie.life = life;
    if (framed) {
        cookie.same_site = "None";
        cookie.partitioned = true;
    }
    return text_of(cookie);
}

std::string Door::cookie_name(bool framed) const {
    return std::string(secure_ ? "__Host-touchline" : "touchline") + (framed ? "-frame" : "");
}

/// Browsers say where a request comes from; programs say nothing.
bool Door::is_own_origin(const net::ServerRequest& request) const {
    const std::string_view site = field(request, "Sec-Fetch-Site");
    if (!site.empty() && site != "same-origin" && site != "none") return false;
    const std::string_view origin = field(request, "Origin");
    if (origin.empty()) return true;
    if (origin == without_end(options_.public_url)) return true;
    const std::size_t mark = origin.find("://");
    return mark != std::string_view::npos && origin.substr(mark + 3) == field(request, "Host");
}

void Door::record(
    const net::ServerRequest& request,
    std::string_view account,
    std::string_view role,
    std::string_view action,
    std::string_view outcome
) {
    AuditEvent event;
    event.at = clock_.now();
    event.account = account;
    event.role = role;
    event.action = action;
    event.outcome = outcome;
    event.address = address_of(request);
    if (const auto written = audit_.write(event); !written)
        log(LogLevel::error, "not on record", {{"error", written.error().text()}});
}

std::string own_path(std::string_view path) {
    const bool is_path = path.starts_with('/') && !path.starts_with("//") && path.size() < 2000;
    const bool is_plain = std::none_of(path.begin(), path.end(), [](char c) {
        return c == '\\' || static_cast<unsigned char>(c) < 0x21 || c == 0x7f;
    });
    return is_path && is_plain ? std::string(path) : "/";
}

}  // namespace touchline::access
