// Text sealed under a key: nobody reads it, and nobody changes it unseen, without the key.
// AES-256-GCM (NIST SP 800-38D) under a key that scrypt (RFC 7914) derives, so that a passphrase
// serves as well as random bytes. OpenSSL does the cryptography.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/secret.hpp"

#include <string>
#include <string_view>

namespace touchline {

/// Lines of ASCII, the first of which names the format. Other bytes at each call.
std::string seal(std::string_view text, const Secret& key);

/// Whether this is what `seal` makes, or begins like it.
bool is_sealed(std::string_view text);

/// Error: denied for another key, or when a byte was changed; bad_data when it is not sealed text.
Result<Secret> unseal(std::string_view sealed, const Secret& key);

}  // namespace touchline
