// Signing in with the company's own identity provider: OpenID Connect 1.0, authorization code with
// PKCE (RFC 7636, 9700), issuer identification (RFC 9207).
#pragma once

#include "touchline/access/role.hpp"
#include "touchline/base/result.hpp"
#include "touchline/base/secret.hpp"
#include "touchline/base/time.hpp"
#include "touchline/net/http_client.hpp"
#include "touchline/net/oauth.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::access {

struct OpenIdSettings {
    std::string issuer;  ///< exactly as the provider's metadata has it
    std::string client_id;
    Secret secret;
    std::string scope = "openid profile email";
    std::string name = "Single sign-on";  ///< on the button
    std::string role_claim = "roles";     ///< dots lead inwards: "realm_access.roles"
    /// A value of the claim, and the role that it gives; of several the highest counts.
    std::map<std::string, Role> roles;
};

/// A person, as the provider vouches for them.
struct Identified {
    std::string account, name;
    Role role = Role::agent;
};

/// What an ID token has to say to be taken, RFC-like checks as a pure function. `claims` is JSON.
/// Error: auth, naming the claim.
Result<void> check_id_claims(
    std::string_view claims, const OpenIdSettings& settings, std::string_view nonce, Time now
);
/// The role that the claims give, or nothing.
std::optional<Role> role_of(std::string_view claims, const OpenIdSettings& settings);

/// Any thread. Asks the provider when somebody signs in, never before.
class OpenId {
public:
    /// `http` and `clock` outlive it.
    OpenId(OpenIdSettings settings, net::HttpClient& http, const Clock& clock);

    const OpenIdSettings& settings() const { return settings_; }

    struct Begun {
        std::string url;      ///< where the browser goes
        std::string binding;  ///< for a cookie of this browser: who begins it ends it
    };
    /// `return_to` is a path of ours. Error: unavailable, config (the provider's metadata).
    Result<Begun> begin(std::string redirect_uri, std::string return_to);

    struct Returned {
        Identified who;
        std::string return_to;
    };
    /// What came back to the redirect URI. Errors: auth (it cannot be trusted), denied (no role, or
    /// the provider refused), unavailable.
    Result<Returned> finish(
        const std::map<std::string, std::string>& query, std::string_view binding
    );

private:
    struct Metadata {
        std::string authorize_url, token_url, jwks_url, userinfo_url;
        bool names_issuer = false;  ///< RFC 9207: the answer has to carry `iss`
        bool secret_in_body = false;
    };
    struct Pending {
        net::Authorization authorization;
        std::string nonce, return_to, binding_digest;
        Time begun_at{};
    };

    Result<Metadata> metadata();
    Result<std::string> keys(bool anew);
    Result<std::string> get(const std::string& url, const std::string& bearer = {});
    net::OAuthClient client(const Metadata& metadata) const;
    std::optional<Pending> take(const std::string& state);
    Result<std::string> id_claims(const std::string& id_token);
    Result<Identified> identify(
        const Metadata& metadata, const net::Response& answer, const Pending& pending
    );

    const OpenIdSettings settings_;
    net::HttpClient& http_;
    const Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, Pending> pending_;  // guarded by mutex_, as all below; by state
    std::optional<Metadata> metadata_;
    Time metadata_at_{};
    std::string keys_;
    Time keys_at_{}, anew_at_{};
};

}  // namespace touchline::access
