#include "touchline/access/openid.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/base/log.hpp"
#include "touchline/json/view.hpp"
#include "touchline/net/jwt.hpp"
#include "touchline/net/url.hpp"

#include <algorithm>

namespace touchline::access {
namespace {

constexpr std::chrono::hours k_metadata_life{1};
/// A token with an unknown key id makes the keys be read again, but not more often than this.
constexpr std::chrono::seconds k_keys_pause{20};
constexpr std::chrono::minutes k_time_to_sign_in{10};
constexpr std::size_t k_most_pending = 1000;

std::string text_in(json::View object, std::string_view name) {
    const auto member = object.get(name);
    return std::string(member ? member->as_string().value_or("") : std::string_view());
}

std::string digest_of(std::string_view text) {
    return to_hex(sha256(text));
}

std::string fresh_text() {
    return net::to_base64url(random_bytes(24));
}

bool is_listed(json::View object, std::string_view name, std::string_view wanted) {
    const auto list = object.get(name);
    if (!list) return false;
    for (const json::View one : list->elements()) {
        if (one.as_string() == wanted) return true;
    }
    return false;
}

bool is_true(json::View object, std::string_view name) {
    const auto member = object.get(name);
    return member && member->as_bool().value_or(false);
}

std::string value_of(const std::map<std::string, std::string>& query, const std::string& name) {
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
}

net::SendOptions send_options() {
    net::SendOptions options;
    options.body_limit = 1U << 20U;
    options.timeouts.whole = std::chrono::seconds(20);
    // Providers stand in the company's own network; which one is the operator's word.
    options.allow_private_network = true;
    return options;
}

/// What people are called in the records: an address says more than the provider's key.
std::string account_of(json::View claims) {
    for (const std::string_view name : {"email", "preferred_username", "sub"}) {
        if (std::string text = text_in(claims, name); !text.empty()) return text;
    }
    return {};
}

}  // namespace

OpenId::OpenId(OpenIdSettings settings, net::HttpClient& http, const Clock& clock)
    : settings_(std::move(settings)), http_(http), clock_(clock) {}

Result<OpenId::Begun> OpenId::begin(std::string redirect_uri, std::string return_to) {
    TOUCHLINE_TRY(const Metadata known, metadata());
    Pending pending;
    pending.authorization =
        net::begin_authorization(client(known), std::move(redirect_uri), random_bytes(48));
    pending.nonce = fresh_text();
    pending.return_to = std::move(return_to);
    pending.begun_at = clock_.now();
    Begun begun{
        pending.authorization.url + "&" + net::build_query({{"nonce", pending.nonce}}),
        fresh_text()};
    pending.binding_digest = digest_of(begun.binding);
    const std::lock_guard lock(mutex_);
    std::erase_if(pending_, [&](const auto& entry) {
        return pending.begun_at - entry.second.begun_at > k_time_to_sign_in;
    });
    if (pending_.size() >= k_most_pending)
        return Error(Code::unavailable, "too many people are signing in at once");
    const std::string state = pending.authorization.state;
    pending_.insert_or_assign(state, std::move(pending));
    return begun;
}

Result<OpenId::Returned> OpenId::finish(
    const std::map<std::string, std::string>& query, std::string_view binding
) {
    const auto pending = take(value_of(query, "state"));
    if (!pending || !equal_constant_time(pending->binding_digest, digest_of(binding))) {
        return Error(Code::auth, "this sign-in was not begun in this browser, or too long ago")
            .cure("Begin again from Touchline's sign-in page.");
    }
    TOUCHLINE_TRY(const Metadata known, metadata());
    const std::string issuer = value_of(query, "iss");
    if ((known.names_issuer || !issuer.empty()) && issuer != settings_.issuer)
        return Error(Code::auth, "the answer came from another provider");
    if (query.contains("error"))
        return Error(Code::denied, "the identity provider did not let you in");
    net::Request request =
        net::code_request(client(known), pending->authorization, value_of(query, "code"));
    TOUCHLINE_TRY(const net::Response answer, http_.send(request, send_options(), {}));
    if (answer.status != 200) {
        log(LogLevel::warning,
            "the identity provider did not take the code",
            {{"status", std::to_string(answer.status)}});
        return Error(Code::auth, "the identity provider did not confirm the sign-in");
    }
    TOUCHLINE_TRY(Identified who, identify(known, answer, *pending));
    return Returned{std::move(who), pending->return_to};
}

Result<Identified> OpenId::identify(
    const Metadata& known, const net::Response& answer, const Pending& pending
) {
    TOUCHLINE_TRY(const json::Document tokens, json::Document::parse(answer.body));
    TOUCHLINE_TRY(std::string claims, id_claims(text_in(tokens.root(), "id_token")));
    TOUCHLINE_CHECK(check_id_claims(claims, settings_, pending.nonce, clock_.now()));
    std::optional<Role> role = role_of(claims, settings_);
    TOUCHLINE_TRY(const json::Document token, json::Document::parse(claims));
    if ((!role || text_in(token.root(), "name").empty()) && !known.userinfo_url.empty()) {
        // Some providers tell roles and names only when asked.
        const std::string access = text_in(tokens.root(), "access_token");
        TOUCHLINE_TRY(claims, get(known.userinfo_url, access));
        if (!role) role = role_of(claims, settings_);
    }
    TOUCHLINE_TRY(const json::Document about, json::Document::parse(claims));
    if (text_in(about.root(), "sub") != text_in(token.root(), "sub"))
        return Error(Code::auth, "the identity provider speaks of two different people");
    Identified who;
    who.account = account_of(about.root());
    who.name = text_in(about.root(), "name");
    if (who.name.empty()) who.name = who.account;
    if (!role) {
        return Error(Code::denied, who.account + " has no role in Touchline")
            .cure("Whoever runs Touchline gives roles to groups under access.oidc.roles.");
    }
    who.role = *role;
    return who;
}

Result<std::string> OpenId::id_claims(const std::string& id_token) {
    TOUCHLINE_TRY(const std::string known, keys(false));
    auto claims = net::verify_jwt(id_token, known);
    if (claims || claims.error().code() != Code::not_found) return claims;
    // The provider may have rotated its keys since they were read.
    TOUCHLINE_TRY(const std::string fresh, keys(true));
    claims = net::verify_jwt(id_token, fresh);
    if (claims) return claims;
    return Error(Code::auth, claims.error().text());
}

Result<OpenId::Metadata> OpenId::metadata() {
    {
        const std::lock_guard lock(mutex_);
        if (metadata_ && clock_.now() - metadata_at_ < k_metadata_life) return *metadata_;
    }
    std::string base = settings_.issuer;
    if (base.ends_with('/')) base.pop_back();
    TOUCHLINE_TRY(
        const std::string text,
        get(base + "/.well-known/openid-configuration").with("asking the identity provider")
    );
    const auto document = json::Document::parse(text);
    if (!document) return Error(Code::unavailable, "the identity provider's metadata is not JSON");
    const json::View told = document->root();
    if (text_in(told, "issuer") != settings_.issuer) {
        return Error(Code::config, "the identity provider calls itself another issuer")
            .cure("Write access.oidc.issuer exactly as its metadata has it.");
    }
    Metadata found{
        text_in(told, "authorization_endpoint"),
        text_in(told, "token_endpoint"),
        text_in(told, "jwks_uri"),
        text_in(told, "userinfo_endpoint"),
        is_true(told, "authorization_response_iss_parameter_supported"),
        is_listed(told, "token_endpoint_auth_methods_supported", "client_secret_post") &&
            !is_listed(told, "token_endpoint_auth_methods_supported", "client_secret_basic")};
    if (found.authorize_url.empty() || found.token_url.empty() || found.jwks_url.empty())
        return Error(Code::config, "the identity provider's metadata lacks an address");
    const std::lock_guard lock(mutex_);
    metadata_ = found;
    metadata_at_ = clock_.now();
    return found;
}

Result<std::string> OpenId::keys(bool anew) {
    {
        const std::lock_guard lock(mutex_);
        const Time now = clock_.now();
        if (!keys_.empty() &&
            (anew ? now - anew_at_ < k_keys_pause : now - keys_at_ < k_metadata_life))
            return keys_;
        if (anew) anew_at_ = now;
    }
    TOUCHLINE_TRY(const Metadata known, metadata());
    TOUCHLINE_TRY(std::string text, get(known.jwks_url));
    const std::lock_guard lock(mutex_);
    keys_ = std::move(text);
    keys_at_ = clock_.now();
    return keys_;
}

Result<std::string> OpenId::get(const std::string& url, const std::string& bearer) {
    net::Request request;
    request.url = url;
    request.headers.set("Accept", "application/json");
    if (!bearer.empty()) request.headers.set("Authorization", "Bearer " + bearer);
    TOUCHLINE_TRY(net::Response answer, http_.send(request, send_options(), {}));
    if (answer.status == 200) return std::move(answer.body);
    return Error(
        Code::unavailable, "the identity provider answered " + std::to_string(answer.status)
    );
}

net::OAuthClient OpenId::client(const Metadata& known) const {
    net::OAuthClient client;
    client.token_url = known.token_url;
    client.authorize_url = known.authorize_url;
    client.id = settings_.client_id;
    client.secret = settings_.secret;
    client.secret_in_body = known.secret_in_body;
    client.scope = settings_.scope;
    return client;
}

/// Each sign-in ends once, whatever comes back.
std::optional<OpenId::Pending> OpenId::take(const std::string& state) {
    const std::lock_guard lock(mutex_);
    const auto found = pending_.find(state);
    if (found == pending_.end()) return std::nullopt;
    Pending pending = std::move(found->second);
    pending_.erase(found);
    if (clock_.now() - pending.begun_at > k_time_to_sign_in) return std::nullopt;
    return pending;
}

}  // namespace touchline::access
