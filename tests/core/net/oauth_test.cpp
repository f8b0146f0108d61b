#include "touchline/net/oauth.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/json/view.hpp"
#include "touchline/net/jwt.hpp"

#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <map>

namespace touchline::net {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Time k_now = *parse_rfc3339("2026-01-01T00:00:00Z");

OAuthClient client(OAuthGrant grant) {
    OAuthClient client;
    client.grant = grant;
    client.token_url = "https://login.example/token";
    client.authorize_url = "https://login.example/authorize";
    client.id = "app 1";
    client.secret = Secret("s3cret");
    client.scope = "read all";
    return client;
}

Response answer(int status, std::string body, Headers headers = {}) {
    return {status, std::move(headers), std::move(body), ""};
}

TEST(TokenRequest, OfAMachineCarriesItsOwnCredentials) {
    const auto request = token_request(client(OAuthGrant::client_credentials), {}, k_now);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, "POST");
    EXPECT_EQ(request->url, "https://login.example/token");
    EXPECT_EQ(
        request->body,
        "grant_type=client_credentials&scope=read%20all&client_id=app%201&client_secret=s3cret"
    );
}

TEST(TokenRequest, MayCarryThemInAHeader) {
    auto as_basic = client(OAuthGrant::client_credentials);
    as_basic.secret_in_body = false;
    const auto request = token_request(as_basic, {}, k_now);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->headers.get("authorization"), "Basic " + to_base64("app%201:s3cret"));
    EXPECT_THAT(request->body, Not(HasSubstr("s3cret")));
}

TEST(TokenRequest, ToRenewNeedsSomebodyWhoHasSignedIn) {
    const auto refresh = client(OAuthGrant::refresh_token);
    const auto without = token_request(refresh, {}, k_now);
    ASSERT_FALSE(without);
    EXPECT_EQ(without.error().code(), Code::auth);
    const auto with = token_request(refresh, Secret("r1"), k_now);
    ASSERT_TRUE(with);
    EXPECT_THAT(with->body, HasSubstr("grant_type=refresh_token&refresh_token=r1"));
}

struct KeyPair {
    KeyPair() : key(EVP_RSA_gen(2048)) {
        BIO* const out = BIO_new(BIO_s_mem());
        PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
        char* text = nullptr;
        const long length = BIO_get_mem_data(out, &text);
        pem = Secret(std::string(text, static_cast<std::size_t>(length)));
        BIO_free(out);
    }
    ~KeyPair() { EVP_PKEY_free(key); }
    KeyPair(const KeyPair&) = delete;
    KeyPair& operator=(const KeyPair&) = delete;
    bool verifies(const std::string& signed_part, const std::string& signature) const {
        EVP_MD_CTX* const context = EVP_MD_CTX_new();
        EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key);
        const bool good = EVP_DigestVerify(
                              context,
                              reinterpret_cast<const unsigned char*>(signature.data()),
                              signature.size(),
                              reinterpret_cast<const unsigned char*>(signed_part.data()),
                              signed_part.size()
                          ) == 1;
        EVP_MD_CTX_free(context);
        return good;
    }
    EVP_PKEY* key;
    Secret pem;
};

std::string from_base64url(std::string text) {
    for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
    while (text.size() % 4 != 0) text += '=';
    return from_base64(text).value_or("not base64");
}

TEST(TokenRequest, ByAssertionIsSignedWithThePrivateKey) {
    const KeyPair pair;
    auto salesforce = client(OAuthGrant::jwt_bearer);
    salesforce.secret = pair.pem;
    salesforce.audience = "https://login.salesforce.com";
    salesforce.subject = "integration@acme.test";
    const auto request = token_request(salesforce, {}, k_now);
    ASSERT_TRUE(request) << request.error().text();
    const auto form = parse_query(request->body);
    ASSERT_TRUE(form);
    ASSERT_EQ((*form)[0].second, "urn:ietf:params:oauth:grant-type:jwt-bearer");
    const std::string jwt = (*form)[1].second;
    const auto dot = jwt.rfind('.');
    EXPECT_TRUE(pair.verifies(jwt.substr(0, dot), from_base64url(jwt.substr(dot + 1))));
    const auto claims = jwt.substr(jwt.find('.') + 1, dot - jwt.find('.') - 1);
    EXPECT_EQ(
        from_base64url(claims),
        R"({"iss":"app 1","sub":"integration@acme.test","aud":"https://login.salesforce.com","exp":1767225780})"
    );
}

TEST(TokenRequest, RefusesWhatIsNoPrivateKeyWithoutShowingIt) {
    auto salesforce = client(OAuthGrant::jwt_bearer);
    salesforce.secret = Secret("not-a-key-but-a-secret");
    const auto request = token_request(salesforce, {}, k_now);
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().code(), Code::config);
    EXPECT_THAT(request.error().text(), Not(HasSubstr("not-a-key")));
}

TEST(Tokens, AreReadWithTheirEnd) {
    const auto tokens = read_tokens(
        answer(200, R"({"access_token":"a1","refresh_token":"r2","expires_in":1800})"),
        Secret("r1"),
        k_now
    );
    ASSERT_TRUE(tokens);
    EXPECT_EQ(tokens->access.reveal(), "a1");
    EXPECT_EQ(tokens->refresh.reveal(), "r2");
    EXPECT_EQ(tokens->expires_at, k_now + std::chrono::minutes(30));
}

TEST(Tokens, KeepTheRefreshTokenThatIsNotRepeated) {
    const auto tokens = read_tokens(answer(200, R"({"access_token":"a1"})"), Secret("r1"), k_now);
    ASSERT_TRUE(tokens);
    EXPECT_EQ(tokens->refresh.reveal(), "r1");
    EXPECT_FALSE(tokens->expires_at);
}

TEST(Tokens, ThatAreRefusedSayWhyAndShowNothingElse) {
    const auto gone = read_tokens(
        answer(400, R"({"error":"invalid_grant","error_description":"token r1 is expired"})"),
        Secret("r1"),
        k_now
    );
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code(), Code::auth);
    EXPECT_THAT(gone.error().text(), HasSubstr("invalid_grant"));
    EXPECT_THAT(gone.error().text(), Not(HasSubstr("r1")));
    const auto echo = read_tokens(answer(401, R"({"error":"s3cret-999"})"), {}, k_now);
    ASSERT_FALSE(echo);
    EXPECT_THAT(echo.error().text(), Not(HasSubstr("s3cret")));
}

TEST(Tokens, ThatCannotBeHadJustNowAreNotGone) {
    const auto busy = read_tokens(answer(503, "", {{"Retry-After", "7"}}), Secret("r1"), k_now);
    ASSERT_FALSE(busy);
    EXPECT_EQ(busy.error().code(), Code::unavailable);
    EXPECT_EQ(busy.error().retry_after(), std::chrono::seconds(7));
    EXPECT_EQ(read_tokens(answer(200, "<html>"), {}, k_now).error().code(), Code::bad_data);
}

TEST(Authorization, ProvesItselfByTheVerifierThatOnlyItKnows) {
    const std::string random(48, 'x');
    const auto begun =
        begin_authorization(client(OAuthGrant::refresh_token), "http://127.0.0.1:5/back", random);
    const auto query = parse_query(begun.url.substr(begun.url.find('?') + 1));
    ASSERT_TRUE(query);
    const std::map<std::string, std::string> fields(query->begin(), query->end());
    EXPECT_EQ(fields.at("response_type"), "code");
    EXPECT_EQ(fields.at("redirect_uri"), "http://127.0.0.1:5/back");
    EXPECT_EQ(fields.at("state"), begun.state);
    EXPECT_EQ(fields.at("code_challenge_method"), "S256");
    const Digest digest = sha256(begun.verifier.reveal());
    EXPECT_EQ(
        from_base64url(fields.at("code_challenge")), std::string(digest.begin(), digest.end())
    );
    EXPECT_THAT(begun.url, Not(HasSubstr(std::string(begun.verifier.reveal()))));
    EXPECT_GE(begun.verifier.reveal().size(), 43U) << "RFC 7636, section 4.1";
    const auto exchange = code_request(client(OAuthGrant::refresh_token), begun, "c0de");
    EXPECT_THAT(exchange.body, HasSubstr("grant_type=authorization_code&code=c0de"));
    EXPECT_THAT(exchange.body, HasSubstr("code_verifier=" + std::string(begun.verifier.reveal())));
}

}  // namespace
}  // namespace touchline::net
