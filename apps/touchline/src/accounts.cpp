#include "accounts.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

net::RateLimit limit_of(const config::LimitsConfig& limits) {
    net::RateLimit limit;
    if (const auto& rate = limits.requests) {
        limit.per_second =
            static_cast<double>(rate->count) / static_cast<double>(rate->per.count());
        limit.burst = static_cast<int>(std::max<std::uint32_t>(1, rate->count / 10));
    }
    limit.at_once = static_cast<int>(limits.at_once);
    limit.per_day = limits.daily;
    limit.for_people = limits.for_people / 100.0;
    return limit;
}

net::OAuthGrant grant_of(const std::string& grant) {
    if (grant == "sign-in") return net::OAuthGrant::refresh_token;
    if (grant == "jwt-bearer") return net::OAuthGrant::jwt_bearer;
    return net::OAuthGrant::client_credentials;
}

}  // namespace

Accounts::Accounts(
    const config::Config& config,
    const config::Secrets& secrets,
    net::HttpClient& http,
    const Clock& clock
)
    : config_(config), secrets_(secrets), http_(http), clock_(clock) {}

std::shared_ptr<net::RateLimiter> Accounts::limiter(const config::ConnectionConfig& connection) {
    auto& limiter = limiters_[connection.account];
    if (!limiter) {
        const auto book = config_.storage.dir / "quotas" / connection.account;
        limiter = std::make_shared<net::RateLimiter>(
            limit_of(connection.limits), clock_, net::make_quota_file(book.string())
        );
    }
    return limiter;
}

Result<std::shared_ptr<net::SignIn>> Accounts::sign_in(const config::ConnectionConfig& connection) {
    if (const auto known = sign_ins_.find(connection.account); known != sign_ins_.end())
        return known->second;
    const config::OAuthConfig& configured = connection.auth.oauth;
    net::OAuthClient client;
    client.grant = grant_of(configured.grant);
    client.token_url = configured.token_url;
    client.authorize_url = configured.authorize_url;
    client.id = configured.client_id;
    client.secret_in_body = configured.secret_in_body;
    client.scope = configured.scope;
    client.audience = configured.audience;
    client.subject = configured.subject;
    TOUCHLINE_TRY(client.secret, secrets_.resolve(connection.auth.secret));
    net::SendOptions options;
    options.allow_private_network = connection.rights.allow_private_network;
    const auto vault = config_.storage.dir / "sign-in" / (connection.account + ".json");
    return sign_ins_[connection.account] = std::make_shared<net::SignIn>(
               connection.account,
               std::move(client),
               net::make_file_vault(vault),
               http_,
               clock_,
               options
           );
}

Result<std::shared_ptr<net::Session>> Accounts::session(
    const config::ConnectionConfig& connection, const net::SessionRecipe& recipe
) {
    auto& session = sessions_[connection.account];
    if (!session) {
        TOUCHLINE_TRY(Secret secret, secrets_.resolve(connection.auth.secret));
        session = std::make_shared<net::Session>(recipe, connection.auth.user, std::move(secret));
    }
    return session;
}

}  // namespace touchline::app
