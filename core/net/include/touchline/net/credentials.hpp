// How a target is told who calls. Held by the host; a connector never sees any of it.
#pragma once

#include "touchline/base/secret.hpp"
#include "touchline/base/time.hpp"
#include "touchline/net/headers.hpp"
#include "touchline/net/url.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace touchline::net {

class SignIn;
class Session;

struct NoCredentials {};
struct BearerToken {
    Secret token;
};
/// A bearer token, and in the query `appsecret_proof`: its HMAC-SHA256 by the secret of the app
/// that it was given to, in hex (Meta Graph API, "Securing Graph API requests").
struct ProvedToken {
    Secret token, app_secret;
};
struct BasicLogin {
    std::string user;
    Secret password;
};
/// `name: prefix + key`, as in "X-Api-Key: k" or "Authorization: Token k".
struct HeaderKey {
    std::string name;
    Secret key;
    std::string prefix;
};
/// `?name=key`
struct QueryKey {
    std::string name;
    Secret key;
};
/// OAuth 2: a bearer token that is renewed when it ends or is refused.
struct SignedIn {
    std::shared_ptr<SignIn> by;
    std::string user{};  ///< for those who want to hear a name with the token, as IMAP does
};
/// A session of the system's own, begun anew when it has ended.
struct InSession {
    std::shared_ptr<Session> session;
};
/// Standard Webhooks 1.0.0: each secret is "whsec_" and base64; several while keys are rotated.
struct WebhookSigning {
    std::vector<Secret> secrets;
};

using Credentials = std::variant<
    NoCredentials,
    BearerToken,
    ProvedToken,
    BasicLogin,
    HeaderKey,
    QueryKey,
    SignedIn,
    InSession,
    WebhookSigning>;

/// Puts the credentials on a request that is about to leave; SignedIn and InSession are
/// TargetClient's to turn into a token first. Signing needs the field `webhook-id` from the caller.
/// Error config: a key that cannot be a field value, a secret that is not base64, no `webhook-id`.
Result<void> apply_credentials(
    const Credentials& credentials, Time now, std::string_view body, Url& url, Headers& headers
);

/// The value of `webhook-signature`: "v1," + base64(HMAC-SHA256(secret, id.timestamp.body)), joined
/// by spaces.
Result<std::string> sign_webhook(
    const std::vector<Secret>& secrets, std::string_view id, Time timestamp, std::string_view body
);

}  // namespace touchline::net
