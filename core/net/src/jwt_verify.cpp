#include "touchline/base/digest.hpp"
#include "touchline/json/view.hpp"
#include "touchline/net/jwt.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <memory>
#include <vector>

namespace touchline::net {
namespace {

struct Free {
    void operator()(BIGNUM* number) const { BN_free(number); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
    void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string text_in(json::View object, std::string_view name) {
    const auto member = object.get(name);
    return std::string(member ? member->as_string().value_or("") : std::string_view());
}

Owned<BIGNUM> number_of(std::string_view bytes) {
    return Owned<BIGNUM>(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

Owned<EVP_PKEY> key_from(const char* kind, OSSL_PARAM_BLD* builder) {
    const Owned<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder));
    const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
    EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get());
    return Owned<EVP_PKEY>(key);
}

Owned<EVP_PKEY> rsa_key(json::View jwk) {
    const auto modulus = from_base64url(text_in(jwk, "n"));
    const auto exponent = from_base64url(text_in(jwk, "e"));
    // Shorter keys are broken.
    if (!modulus || !exponent || modulus->size() < 256 || exponent->empty()) return nullptr;
    const auto n = number_of(*modulus), e = number_of(*exponent);
    const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    return key_from("RSA", builder.get());
}

Owned<EVP_PKEY> p256_key(json::View jwk) {
    const auto x = from_base64url(text_in(jwk, "x")), y = from_base64url(text_in(jwk, "y"));
    if (text_in(jwk, "crv") != "P-256" || !x || !y || x->size() != 32 || y->size() != 32)
        return nullptr;
    const std::string point = '\x04' + *x + *y;
    const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(
        builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()
    );
    return key_from("EC", builder.get());
}

/// JWS has r and s side by side (RFC 7518, section 3.4), OpenSSL wants DER.
std::string der_of(std::string_view raw) {
    if (raw.size() != 64) return {};
    const Owned<ECDSA_SIG> signature(ECDSA_SIG_new());
    ECDSA_SIG_set0(
        signature.get(), number_of(raw.substr(0, 32)).release(), number_of(raw.substr(32)).release()
    );
    unsigned char* out = nullptr;
    const int length = i2d_ECDSA_SIG(signature.get(), &out);
    std::string der(
        reinterpret_cast<char*>(out), length > 0 ? static_cast<std::size_t>(length) : 0
    );
    OPENSSL_free(out);
    return der;
}

bool is_signed(
    std::string_view algorithm, EVP_PKEY* key, std::string_view text, std::string signature
) {
    if (algorithm == "ES256") signature = der_of(signature);
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* details = nullptr;
    if (EVP_DigestVerifyInit(context.get(), &details, EVP_sha256(), nullptr, key) != 1)
        return false;
    if (algorithm == "PS256" &&
        (EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING) != 1 ||
         EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST) != 1)) {
        return false;
    }
    const bool fits =
        EVP_DigestVerify(
            context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()
        ) == 1;
    ERR_clear_error();
    return fits;
}

Error refused(std::string why) {
    return Error(Code::auth, "the token " + std::move(why));
}

/// The key is of the algorithm's kind, for signatures, and of the token's key id if it names one.
bool may_have_signed(json::View jwk, std::string_view algorithm, const std::string& key_id) {
    const bool is_curve = algorithm == "ES256";
    const std::string use = text_in(jwk, "use"), own = text_in(jwk, "alg");
    return text_in(jwk, "kty") == (is_curve ? "EC" : "RSA") && (use.empty() || use == "sig") &&
           (own.empty() || own == algorithm) && (key_id.empty() || text_in(jwk, "kid") == key_id);
}

}  // namespace

std::optional<std::string> from_base64url(std::string_view text) {
    std::string plain(text);
    for (char& c : plain) {
        if (c == '+' || c == '/' || c == '=') return std::nullopt;
        c = c == '-' ? '+' : c == '_' ? '/' : c;
    }
    while (plain.size() % 4 != 0) plain.push_back('=');
    return from_base64(plain);
}

Result<std::string> verify_jwt(std::string_view token, std::string_view jwks) {
    const std::size_t second = token.rfind('.');
    const std::size_t first = token.find('.');
    if (first == std::string_view::npos || first == second) return refused("is not a JWT");
    const auto header_text = from_base64url(token.substr(0, first));
    const auto claims = from_base64url(token.substr(first + 1, second - first - 1));
    const auto signature = from_base64url(token.substr(second + 1));
    if (!header_text || !claims || !signature) return refused("is not a JWT");
    const auto header = json::Document::parse(*header_text);
    if (!header || header->root().get("crit"))
        return refused("has a header that is not understood");
    const std::string algorithm = text_in(header->root(), "alg");
    if (algorithm != "RS256" && algorithm != "PS256" && algorithm != "ES256")
        return refused("is signed with an algorithm that is not taken");

    const auto document = json::Document::parse(jwks);
    const auto keys = document ? document->root().get("keys") : std::nullopt;
    if (!keys) return Error(Code::bad_data, "the provider's keys are not a JWK set");
    const std::string key_id = text_in(header->root(), "kid");
    bool has_candidate = false;
    for (const json::View jwk : keys->elements()) {
        if (!may_have_signed(jwk, algorithm, key_id)) continue;
        const Owned<EVP_PKEY> key = algorithm == "ES256" ? p256_key(jwk) : rsa_key(jwk);
        if (!key) continue;
        has_candidate = true;
        if (is_signed(algorithm, key.get(), token.substr(0, second), *signature)) return *claims;
    }
    ERR_clear_error();
    if (!has_candidate) return Error(Code::not_found, "no key of the provider has the token's id");
    return refused("is not signed by the provider");
}

}  // namespace touchline::net
