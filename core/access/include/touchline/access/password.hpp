// Passwords as Argon2id hashes (RFC 9106), in the encoded form that carries their parameters.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/secret.hpp"

#include <string>
#include <string_view>

namespace touchline::access {

/// At least 10 characters and at most 1,024 bytes of UTF-8. Error: bad_data.
Result<void> check_password(const Secret& password);
/// "$argon2id$v=19$m=19456,t=2,p=1$…", with a salt of its own.
std::string hash_password(const Secret& password);
/// An empty hash takes as long as any other and fits nothing, so that nobody learns which accounts
/// there are.
bool verify_password(std::string_view hash, const Secret& password);

}  // namespace touchline::access
