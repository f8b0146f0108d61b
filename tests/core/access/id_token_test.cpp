// Tokens of an identity provider: signatures by keys of every kind that is taken, and every claim
// that can be wrong.
#include "touchline/access/openid.hpp"
#include "touchline/base/digest.hpp"
#include "touchline/net/jwt.hpp"

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>

namespace touchline::access {
namespace {

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;

Key rsa() {
    static EVP_PKEY* const k_key = EVP_RSA_gen(2048);
    EVP_PKEY_up_ref(k_key);
    return Key(k_key);
}
Key curve() {
    return Key(EVP_EC_gen("P-256"));
}

std::string number(EVP_PKEY* key, const char* name) {
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(key, name, &value);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
    BN_bn2bin(value, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(value);
    if (name != std::string(OSSL_PKEY_PARAM_RSA_E)) {
        while (bytes.size() < 32) bytes.insert(bytes.begin(), '\0');
    }
    return net::to_base64url(bytes);
}

std::string jwk_of(EVP_PKEY* key, const std::string& id) {
    if (EVP_PKEY_base_id(key) == EVP_PKEY_RSA) {
        return R"({"kty":"RSA","use":"sig","kid":")" + id + R"(","n":")" +
               number(key, OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" +
               number(key, OSSL_PKEY_PARAM_RSA_E) + R"("})";
    }
    return R"({"kty":"EC","crv":"P-256","kid":")" + id + R"(","x":")" +
           number(key, OSSL_PKEY_PARAM_EC_PUB_X) + R"(","y":")" +
           number(key, OSSL_PKEY_PARAM_EC_PUB_Y) + R"("})";
}
std::string set_of(const std::string& jwk) {
    return R"({"keys":[)" + jwk + "]}";
}

std::string raw_of(const std::string& der) {
    const auto* in = reinterpret_cast<const unsigned char*>(der.data());
    const std::unique_ptr<ECDSA_SIG, Free> signature(
        d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(der.size()))
    );
    std::string raw(64, '\0');
    auto* const out = reinterpret_cast<unsigned char*>(raw.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + 32, 32);
    return raw;
}

std::string sign(
    EVP_PKEY* key,
    const std::string& algorithm,
    const std::string& claims,
    const std::string& id = "k1"
) {
    const std::string text =
        net::to_base64url(R"({"alg":")" + algorithm + R"(","kid":")" + id + R"("})") + "." +
        net::to_base64url(claims);
    const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* details = nullptr;
    EVP_DigestSignInit(context.get(), &details, EVP_sha256(), nullptr, key);
    if (algorithm == "PS256") {
        EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING);
        EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST);
    }
    std::size_t length = 1024;
    std::string signature(length, '\0');
    EVP_DigestSign(
        context.get(),
        reinterpret_cast<unsigned char*>(signature.data()),
        &length,
        reinterpret_cast<const unsigned char*>(text.data()),
        text.size()
    );
    signature.resize(length);
    if (algorithm == "ES256") signature = raw_of(signature);
    return text + "." + net::to_base64url(signature);
}

TEST(Signatures, OfEachTakenAlgorithmAreVerified) {
    const Key big = rsa(), small = curve();
    EXPECT_EQ(
        *net::verify_jwt(sign(big.get(), "RS256", "{}"), set_of(jwk_of(big.get(), "k1"))), "{}"
    );
    EXPECT_EQ(
        *net::verify_jwt(sign(big.get(), "PS256", "{}"), set_of(jwk_of(big.get(), "k1"))), "{}"
    );
    EXPECT_EQ(
        *net::verify_jwt(sign(small.get(), "ES256", "{}"), set_of(jwk_of(small.get(), "k1"))), "{}"
    );
}

TEST(Signatures, OfSomebodyElseOrOfAChangedTokenAreRefused) {
    const Key key = curve(), other = curve();
    const std::string keys = set_of(jwk_of(key.get(), "k1"));
    const auto foreign = net::verify_jwt(sign(other.get(), "ES256", "{}"), keys);
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().code(), Code::auth);
    std::string changed = sign(key.get(), "ES256", R"({"sub":"ana"})");
    const std::size_t dot = changed.find('.');
    changed.replace(dot + 1, changed.rfind('.') - dot - 1, net::to_base64url(R"({"sub":"eve"})"));
    EXPECT_FALSE(net::verify_jwt(changed, keys));
}

TEST(Signatures, ThatAnybodyCouldMakeAreNeverTaken) {
    const Key key = rsa();
    const std::string jwk = jwk_of(key.get(), "k1"), keys = set_of(jwk);
    const std::string body = "." + net::to_base64url("{}") + ".";
    for (const std::string header : {R"({"alg":"none"})", R"({"alg":"None"})", R"({})"}) {
        EXPECT_FALSE(net::verify_jwt(net::to_base64url(header) + body, keys)) << header;
    }
    const std::string text =
        net::to_base64url(R"({"alg":"HS256","kid":"k1"})") + "." + net::to_base64url("{}");
    const Digest mac = hmac_sha256(jwk, text);
    const std::string_view bytes(reinterpret_cast<const char*>(mac.data()), mac.size());
    EXPECT_FALSE(net::verify_jwt(text + "." + net::to_base64url(bytes), keys))
        << "the key as a password";
}

TEST(Signatures, ByAKeyThatIsNotThereSayThatKeysMayHaveBeenRotated) {
    const Key key = curve();
    const auto unknown =
        net::verify_jwt(sign(key.get(), "ES256", "{}", "k2"), set_of(jwk_of(key.get(), "k1")));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code(), Code::not_found);
}

TEST(Signatures, OnGarbageAreAnErrorAndNothingWorse) {
    for (const std::string token :
         {"", ".", "..", "a.b.c", "a.b", "!!.!!.!!", "e30.e30.", "e30.e30.e30.e30"}) {
        EXPECT_FALSE(net::verify_jwt(token, R"({"keys":[]})")) << token;
    }
    const Key key = curve();
    for (const std::string keys :
         {"",
          "[]",
          "{}",
          R"({"keys":[{}]})",
          R"({"keys":[{"kty":"EC","crv":"P-256","kid":"k1","x":"AA","y":"AA"}]})"})
        EXPECT_FALSE(net::verify_jwt(sign(key.get(), "ES256", "{}"), keys)) << keys;
}

const Time k_now{std::chrono::seconds(1'800'000'000)};

OpenIdSettings settings() {
    OpenIdSettings settings;
    settings.issuer = "https://login.example";
    settings.client_id = "touchline";
    settings.role_claim = "realm_access.roles";
    settings.roles = {{"it", Role::admin}, {"desk", Role::agent}};
    return settings;
}

std::string refusal(const std::string& claims) {
    const auto checked = check_id_claims(claims, settings(), "n-1", k_now);
    return checked ? std::string() : checked.error().text();
}

TEST(Claims, ThatAreAllRightAreTaken) {
    EXPECT_EQ(
        refusal(
            R"({"iss":"https://login.example","aud":"touchline","sub":"1","nonce":"n-1","iat":1799999990,"exp":1800000300})"
        ),
        ""
    );
    EXPECT_EQ(
        refusal(
            R"({"iss":"https://login.example","aud":["touchline","other"],"azp":"touchline","sub":"1","nonce":"n-1","iat":1799999990,"exp":1800000300})"
        ),
        ""
    );
}

TEST(Claims, AreRefusedOneByOne) {
    const std::pair<const char*, const char*> cases[] = {
        {"iss",
         R"({"iss":"https://login.example.evil","aud":"touchline","sub":"1","nonce":"n-1","iat":1799999990,"exp":1800000300})"},
        {"iss", R"({"aud":"touchline","sub":"1","nonce":"n-1","iat":1799999990,"exp":1800000300})"},
        {"aud",
         R"({"iss":"https://login.example","aud":"other","sub":"1","nonce":"n-1","iat":1799999990,"exp":1800000300})"},
        {"azp",
         R"({"iss":"https://login.example","aud":["touchline","other"],"sub":"1","nonce":"n-1","iat":1799999990,"exp":1800000300})"},
        {"exp",
         R"({"iss":"https://login.example","aud":"touchline","sub":"1","nonce":"n-1","iat":1799990000,"exp":1799999000})"},
        {"exp",
         R"({"iss":"https://login.example","aud":"touchline","sub":"1","nonce":"n-1","iat":1799999990})"},
        {"iat",
         R"({"iss":"https://login.example","aud":"touchline","sub":"1","nonce":"n-1","iat":1800009990,"exp":1800010300})"},
        {"nbf",
         R"({"iss":"https://login.example","aud":"touchline","sub":"1","nonce":"n-1","iat":1799999990,"nbf":1800000200,"exp":1800000300})"},
        {"nonce",
         R"({"iss":"https://login.example","aud":"touchline","sub":"1","nonce":"n-2","iat":1799999990,"exp":1800000300})"},
        {"nonce",
         R"({"iss":"https://login.example","aud":"touchline","sub":"1","iat":1799999990,"exp":1800000300})"},
        {"sub",
         R"({"iss":"https://login.example","aud":"touchline","nonce":"n-1","iat":1799999990,"exp":1800000300})"},
    };
    for (const auto& [claim, claims] : cases)
        EXPECT_NE(refusal(claims).find("`" + std::string(claim) + "`"), std::string::npos)
            << claims << refusal(claims);
    EXPECT_NE(refusal("not JSON"), "");
    EXPECT_NE(refusal("[]"), "");
}

TEST(Claims, GiveTheHighestOfTheRolesThatTheyName) {
    EXPECT_EQ(role_of(R"({"realm_access":{"roles":["desk","it","x"]}})", settings()), Role::admin);
    EXPECT_EQ(role_of(R"({"realm_access":{"roles":"desk"}})", settings()), Role::agent);
    EXPECT_FALSE(role_of(R"({"realm_access":{"roles":["x"]}})", settings()));
    EXPECT_FALSE(role_of(R"({"roles":["it"]})", settings()));
    OpenIdSettings named = settings();
    named.role_claim = "https://halden.example/roles";
    EXPECT_EQ(role_of(R"({"https://halden.example/roles":["it"]})", named), Role::admin);
}

}  // namespace
}  // namespace touchline::access
