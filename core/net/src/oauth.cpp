#include "touchline/net/oauth.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/net/jwt.hpp"
#include "touchline/net/retry.hpp"

#include <algorithm>

namespace touchline::net {

namespace {

/// Salesforce takes no assertion that is good for more than three minutes.
constexpr std::chrono::seconds k_assertion_life{180};

std::int64_t unix_seconds(Time time) {
    return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

Request form(const OAuthClient& client, Query fields) {
    Request request;
    request.method = "POST";
    request.url = client.token_url;
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.headers.set("Accept", "application/json");
    const bool has_secret = client.grant != OAuthGrant::jwt_bearer && !client.secret.empty();
    if (has_secret && !client.secret_in_body) {
        const std::string pair =
            percent_encode(client.id) + ":" + percent_encode(client.secret.reveal());
        request.headers.set("Authorization", "Basic " + to_base64(pair));
    } else {
        fields.emplace_back("client_id", client.id);
        if (has_secret) fields.emplace_back("client_secret", client.secret.reveal());
    }
    request.body = build_query(fields);
    return request;
}

Result<std::string> assertion(const OAuthClient& client, Time now) {
    json::Writer claims;
    claims.begin_object()
        .member("iss", client.id)
        .member("sub", client.subject)
        .member("aud", client.audience)
        .member("exp", unix_seconds(now + k_assertion_life))
        .end_object();
    return sign_jwt(client.secret, claims.text());
}

/// The endpoint's word for what is wrong (RFC 6749, section 5.2), if it is one: nothing else of its
/// answer is ever shown.
std::string error_word(const Response& response) {
    const auto document = json::Document::parse(response.body);
    if (!document) return {};
    const auto error = document->root().get("error");
    const auto word = error ? error->as_string() : std::nullopt;
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    const bool plain = word && word->size() <= 40 && std::ranges::all_of(*word, is_plain);
    return plain ? std::string(*word) : std::string();
}

Error refusal(const Response& response, Time now) {
    const std::string word = error_word(response);
    const std::string said = "the token endpoint answered " + std::to_string(response.status) +
                             (word.empty() ? "" : " (" + word + ")");
    if (response.status == 429 || response.status >= 500) {
        const auto field = response.headers.get("retry-after");
        const auto delay = field ? parse_retry_after(*field, now) : std::nullopt;
        Error error(response.status == 429 ? Code::rate_limited : Code::unavailable, said);
        return delay ? std::move(error).after(*delay) : std::move(error);
    }
    if (word == "invalid_grant")
        return Error(Code::auth, said + ": what was signed in with is no longer good");
    return Error(Code::auth, said)
        .cure("Check token_url, client_id and the secret of the connection's auth.");
}

}  // namespace

Result<Request> token_request(const OAuthClient& client, const Secret& refresh, Time now) {
    Query fields;
    switch (client.grant) {
        case OAuthGrant::client_credentials:
            fields.emplace_back("grant_type", "client_credentials");
            break;
        case OAuthGrant::refresh_token:
            if (refresh.empty()) return Error(Code::auth, "nobody has signed in yet");
            fields.emplace_back("grant_type", "refresh_token");
            fields.emplace_back("refresh_token", refresh.reveal());
            break;
        case OAuthGrant::jwt_bearer:
            fields.emplace_back("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
            TOUCHLINE_TRY(std::string signed_claims, assertion(client, now));
            fields.emplace_back("assertion", std::move(signed_claims));
            break;
    }
    if (!client.scope.empty() && client.grant == OAuthGrant::client_credentials)
        fields.emplace_back("scope", client.scope);
    return form(client, std::move(fields));
}

Result<Tokens> read_tokens(const Response& response, const Secret& old_refresh, Time now) {
    if (response.status != 200 && response.status != 201) return refusal(response, now);
    const auto document = json::Document::parse(response.body);
    const auto access = document ? document->root().get("access_token") : std::nullopt;
    const auto text = access ? access->as_string() : std::nullopt;
    if (!text || text->empty()) return Error(Code::bad_data, "the token endpoint gave no token");
    Tokens tokens;
    tokens.access = Secret(std::string(*text));
    tokens.refresh = old_refresh;
    if (const auto refresh = document->root().get("refresh_token")) {
        if (const auto fresh = refresh->as_string(); fresh && !fresh->empty())
            tokens.refresh = Secret(std::string(*fresh));
    }
    if (const auto life = document->root().get("expires_in")) {
        if (const auto seconds = life->as_int(); seconds && *seconds > 0)
            tokens.expires_at =
                now + std::chrono::seconds(std::min<std::int64_t>(*seconds, 1 << 30));
    }
    return tokens;
}

Authorization begin_authorization(
    const OAuthClient& client, std::string redirect_uri, std::string_view random
) {
    Authorization authorization;
    authorization.redirect_uri = std::move(redirect_uri);
    authorization.state = to_base64url(random.substr(0, 16));
    const std::string verifier = to_base64url(random.substr(16));
    authorization.verifier = Secret(verifier);
    const Digest digest = sha256(verifier);
    const std::string_view bytes(reinterpret_cast<const char*>(digest.data()), digest.size());
    Query fields{
        {"response_type", "code"},
        {"client_id", client.id},
        {"redirect_uri", authorization.redirect_uri},
        {"state", authorization.state},
        {"code_challenge", to_base64url(bytes)},
        {"code_challenge_method", "S256"}};
    if (!client.scope.empty()) fields.emplace_back("scope", client.scope);
    const char joint = client.authorize_url.find('?') == std::string::npos ? '?' : '&';
    authorization.url = client.authorize_url + joint + build_query(fields);
    return authorization;
}

Request code_request(
    const OAuthClient& client, const Authorization& authorization, const std::string& code
) {
    return form(
        client,
        {{"grant_type", "authorization_code"},
         {"code", code},
         {"redirect_uri", authorization.redirect_uri},
         {"code_verifier", std::string(authorization.verifier.reveal())}}
    );
}

}  // namespace touchline::net
