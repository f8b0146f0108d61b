#include "credentials.hpp"

#include "touchline/base/digest.hpp"

#include <string>
#include <utility>
#include <vector>

namespace touchline::app {

net::Credentials make_credentials(
    const config::AuthConfig& auth, Secret secret, Secret app_secret
) {
    if (auth.kind == "none") return net::NoCredentials{};
    if (auth.kind == "bearer") return net::BearerToken{std::move(secret)};
    if (auth.kind == "bearer-proof")
        return net::ProvedToken{std::move(secret), std::move(app_secret)};
    if (auth.kind == "basic-key") {
        // Vendors that know no password take anything for one.
        Secret login(to_base64(std::string(secret.reveal()) + ":X"));
        return net::HeaderKey{"Authorization", std::move(login), "Basic "};
    }
    if (auth.kind == "basic") return net::BasicLogin{auth.user, std::move(secret)};
    if (auth.kind == "query") return net::QueryKey{auth.name, std::move(secret)};
    if (auth.kind == "standard-webhooks") {
        std::vector<Secret> secrets;
        secrets.push_back(std::move(secret));
        return net::WebhookSigning{std::move(secrets)};
    }
    const bool token = auth.kind == "token";
    std::string prefix = token && auth.prefix.empty() ? "Token" : auth.prefix;
    if (!prefix.empty()) prefix.push_back(' ');
    return net::HeaderKey{
        token ? "Authorization" : auth.name, std::move(secret), std::move(prefix)};
}

}  // namespace touchline::app
