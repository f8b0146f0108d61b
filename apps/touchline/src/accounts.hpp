// What all connections of one account at another system share: how much may be asked of it, and the
// sign-in.
#pragma once

#include "touchline/config/config.hpp"
#include "touchline/net/http_client.hpp"
#include "touchline/net/rate_limiter.hpp"
#include "touchline/net/session.hpp"
#include "touchline/net/sign_in.hpp"

#include <map>
#include <memory>
#include <string>

namespace touchline::app {

/// All outlive it. One thread at a time; what it gives may be used by any.
class Accounts {
public:
    Accounts(
        const config::Config& config,
        const config::Secrets& secrets,
        net::HttpClient& http,
        const Clock& clock
    );

    /// Where connections of one account differ in their limits, those of the first one hold.
    std::shared_ptr<net::RateLimiter> limiter(const config::ConnectionConfig& connection);
    /// For auth of kind oauth2. Error: config (the secret is missing).
    Result<std::shared_ptr<net::SignIn>> sign_in(const config::ConnectionConfig& connection);
    /// For auth of kind session; the connector's manifest has the recipe. Error: config, as above.
    Result<std::shared_ptr<net::Session>> session(
        const config::ConnectionConfig& connection, const net::SessionRecipe& recipe
    );

private:
    const config::Config& config_;
    const config::Secrets& secrets_;
    net::HttpClient& http_;
    const Clock& clock_;
    std::map<std::string, std::shared_ptr<net::RateLimiter>> limiters_;
    std::map<std::string, std::shared_ptr<net::SignIn>> sign_ins_;
    std::map<std::string, std::shared_ptr<net::Session>> sessions_;
};

}  // namespace touchline::app
