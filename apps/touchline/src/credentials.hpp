// Credentials as the configuration and `plugin record --auth` name them.
#pragma once

#include "touchline/config/config.hpp"
#include "touchline/net/credentials.hpp"

namespace touchline::app {

/// Of every kind but `oauth2` and `session`, which are got from the system first. `app_secret` is
/// for `bearer-proof` alone.
net::Credentials make_credentials(
    const config::AuthConfig& auth, Secret secret, Secret app_secret = Secret()
);

}  // namespace touchline::app
