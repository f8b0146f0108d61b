// Ed25519 (RFC 8032) keys and signatures in the text forms that files carry. OpenSSL does the
// cryptography.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/secret.hpp"

#include <array>
#include <string>
#include <string_view>

namespace touchline::host {

class PublicKey {
public:
    /// "ed25519:" and the 32 bytes in base64. Error bad_data.
    static Result<PublicKey> parse(std::string_view text);
    std::string text() const;
    /// Whether the signature (base64, as SigningKey::sign has it) is of this key over these bytes.
    bool verifies(std::string_view bytes, std::string_view signature) const;
    friend bool operator==(const PublicKey&, const PublicKey&) = default;

private:
    friend class SigningKey;
    std::array<unsigned char, 32> bytes_{};
};

class SigningKey {
public:
    static SigningKey generate();
    /// "ed25519-secret:" and the 32 bytes of the seed in base64. Error bad_data.
    static Result<SigningKey> parse(const Secret& text);
    Secret text() const;
    PublicKey public_key() const;
    /// 64 bytes in base64.
    std::string sign(std::string_view bytes) const;

private:
    explicit SigningKey(Secret seed) : seed_(std::move(seed)) {}
    Secret seed_;
};

}  // namespace touchline::host
