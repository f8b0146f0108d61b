// OAuth 2 as a machine uses it (RFC 6749, 7523, 7636): the questions to a token endpoint and what
// its answers mean. Pure functions; SignIn does the asking.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/secret.hpp"
#include "touchline/base/time.hpp"
#include "touchline/net/http_client.hpp"
#include "touchline/net/url.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace touchline::net {

enum class OAuthGrant {
    client_credentials,
    refresh_token,  ///< a person has signed in once; each refresh may bring a new refresh token
    jwt_bearer,     ///< an assertion signed with a private key, as Salesforce wants it
};

/// This installation, as the authorisation server knows it.
struct OAuthClient {
    OAuthGrant grant = OAuthGrant::client_credentials;
    std::string token_url;
    std::string authorize_url;  ///< where people sign in; only for refresh_token
    std::string id;
    Secret secret;               ///< of jwt_bearer: the private key, PEM
    bool secret_in_body = true;  ///< otherwise as Basic credentials (RFC 6749, section 2.3.1)
    std::string scope;
    std::string audience, subject;  ///< of jwt_bearer: `aud` and `sub`
};

struct Tokens {
    Secret access, refresh;
    std::optional<Time> expires_at;  ///< nothing: the server does not say
};

/// The request that gets an access token. `refresh` is for the grant refresh_token. Error: config
/// (a private key that cannot be read), auth (nobody has signed in yet).
Result<Request> token_request(const OAuthClient& client, const Secret& refresh, Time now);
/// What the endpoint answered. A refresh token that it does not repeat stays the old one. Errors
/// never hold the answer's text: auth (the grant is no longer good), unavailable, bad_data, config.
Result<Tokens> read_tokens(const Response& response, const Secret& old_refresh, Time now);

/// One sign-in of a person in a browser, with proof that who began it ends it (RFC 7636).
struct Authorization {
    std::string url;  ///< to be opened in a browser
    std::string state;
    std::string redirect_uri;
    Secret verifier;
};
/// `random` is at least 48 random bytes.
Authorization begin_authorization(
    const OAuthClient& client, std::string redirect_uri, std::string_view random
);
/// The request that turns the code, which came back to the redirect URI, into tokens.
Request code_request(
    const OAuthClient& client, const Authorization& authorization, const std::string& code
);

}  // namespace touchline::net
