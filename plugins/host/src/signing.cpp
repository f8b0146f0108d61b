#include "touchline/host/signing.hpp"

#include "touchline/base/assert.hpp"
#include "touchline/base/digest.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

namespace touchline::host {
namespace {

constexpr std::string_view k_public_prefix = "ed25519:";
constexpr std::string_view k_secret_prefix = "ed25519-secret:";
constexpr std::size_t k_key_bytes = 32;
constexpr std::size_t k_signature_bytes = 64;

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Key private_key(std::string_view seed) {
    Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes_of(seed), seed.size()));
    TOUCHLINE_ASSERT(key != nullptr);
    return key;
}

Result<std::string> key_bytes(std::string_view text, std::string_view prefix) {
    if (text.starts_with(prefix)) {
        if (auto bytes = from_base64(text.substr(prefix.size()));
            bytes && bytes->size() == k_key_bytes) {
            return *std::move(bytes);
        }
    }
    return Error(
        Code::bad_data, "a key has to be \"" + std::string(prefix) + "\" and 32 bytes in base64"
    );
}

}  // namespace

Result<PublicKey> PublicKey::parse(std::string_view text) {
    TOUCHLINE_TRY(const std::string bytes, key_bytes(text, k_public_prefix));
    PublicKey key;
    std::ranges::copy(bytes, key.bytes_.begin());
    return key;
}

std::string PublicKey::text() const {
    return std::string(k_public_prefix) +
           to_base64({reinterpret_cast<const char*>(bytes_.data()), bytes_.size()});
}

bool PublicKey::verifies(std::string_view bytes, std::string_view signature) const {
    const auto raw = from_base64(signature);
    if (!raw || raw->size() != k_signature_bytes) return false;
    const Key key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_.data(), bytes_.size())
    );
    const Context context(EVP_MD_CTX_new());
    return key != nullptr && context != nullptr &&
           EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(
               context.get(), bytes_of(*raw), raw->size(), bytes_of(bytes), bytes.size()
           ) == 1;
}

SigningKey SigningKey::generate() {
    return SigningKey(Secret(random_bytes(k_key_bytes)));
}

Result<SigningKey> SigningKey::parse(const Secret& text) {
    TOUCHLINE_TRY(std::string bytes, key_bytes(text.reveal(), k_secret_prefix));
    return SigningKey(Secret(std::move(bytes)));
}

Secret SigningKey::text() const {
    return Secret(std::string(k_secret_prefix) + to_base64(seed_.reveal()));
}

PublicKey SigningKey::public_key() const {
    const Key key = private_key(seed_.reveal());
    PublicKey out;
    std::size_t size = out.bytes_.size();
    const int done = EVP_PKEY_get_raw_public_key(key.get(), out.bytes_.data(), &size);
    TOUCHLINE_ASSERT(done == 1 && size == k_key_bytes);
    return out;
}

std::string SigningKey::sign(std::string_view bytes) const {
    const Key key = private_key(seed_.reveal());
    const Context context(EVP_MD_CTX_new());
    std::string signature(k_signature_bytes, '\0');
    std::size_t size = signature.size();
    const bool done =
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
        EVP_DigestSign(
            context.get(),
            reinterpret_cast<unsigned char*>(signature.data()),
            &size,
            bytes_of(bytes),
            bytes.size()
        ) == 1;
    TOUCHLINE_ASSERT(done && size == k_signature_bytes);
    return to_base64(signature);
}

}  // namespace touchline::host
