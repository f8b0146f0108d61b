// Assertions signed with RS256 (RFC 7515, 7519).
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/secret.hpp"

#include <string>
#include <string_view>

namespace touchline::net {

/// base64url without padding (RFC 4648, section 5).
std::string to_base64url(std::string_view bytes);
/// header.claims.signature; `claims` is a JSON object. Error config: the key is no private RSA key
/// in PEM.
Result<std::string> sign_jwt(const Secret& private_key, std::string_view claims);

}  // namespace touchline::net
