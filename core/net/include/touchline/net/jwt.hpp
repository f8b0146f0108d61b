// JSON Web Tokens (RFC 7515, 7517, 7519): signed by us as assertions, and signed by others as
// proofs of who somebody is.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace touchline::net {

/// base64url without padding (RFC 4648, section 5).
std::string to_base64url(std::string_view bytes);
/// Nothing when the text is not base64url.
std::optional<std::string> from_base64url(std::string_view text);

/// header.claims.signature; `claims` is a JSON object. Error config: the key is no private RSA key
/// in PEM.
Result<std::string> sign_jwt(const Secret& private_key, std::string_view claims);

/// The claims, a JSON object, of a token that one of the keys has signed. `jwks` is a JWK Set
/// (RFC 7517). RS256, PS256 and ES256 are taken; a token without a signature, or with one that the
/// public key itself could have made (HS256), never is. What the claims say is the caller's to
/// judge. Errors: auth (not a token, not signed by the key), not_found (no key of that id: the keys
/// may have been rotated), bad_data (`jwks` is not a key set).
Result<std::string> verify_jwt(std::string_view token, std::string_view jwks);

}  // namespace touchline::net
