#include "touchline/net/jwt.hpp"

#include "touchline/base/digest.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

namespace touchline::net {

namespace {

struct Free {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// Without asking anybody for a passphrase.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

}  // namespace

std::string to_base64url(std::string_view bytes) {
    std::string text = to_base64(bytes);
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    while (text.ends_with('=')) text.pop_back();
    return text;
}

Result<std::string> sign_jwt(const Secret& private_key, std::string_view claims) {
    const auto pem = private_key.reveal();
    const std::unique_ptr<BIO, Free> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const std::unique_ptr<EVP_PKEY, Free> key(
        PEM_read_bio_PrivateKey(bio.get(), nullptr, &no_passphrase, nullptr)
    );
    ERR_clear_error();
    if (!key || EVP_PKEY_base_id(key.get()) != EVP_PKEY_RSA) {
        return Error(Code::config, "the secret is not a private RSA key")
            .cure("Put the key itself there, in PEM and without a passphrase.");
    }
    std::string token = to_base64url(R"({"alg":"RS256","typ":"JWT"})") + "." + to_base64url(claims);
    const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
    std::string signature(static_cast<std::size_t>(EVP_PKEY_size(key.get())), '\0');
    std::size_t length = signature.size();
    auto* const out = reinterpret_cast<unsigned char*>(signature.data());
    const auto* const in = reinterpret_cast<const unsigned char*>(token.data());
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), out, &length, in, token.size()) != 1) {
        return Error(Code::internal, "the assertion could not be signed");
    }
    signature.resize(length);
    return token + "." + to_base64url(signature);
}

}  // namespace touchline::net
