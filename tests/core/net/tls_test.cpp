// Certificates are made here, so that nothing expires and no key lies in the repository.
#include "raw_socket.hpp"

#include "touchline/net/http_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <csignal>
#include <filesystem>

namespace touchline::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing_support::RawSocket;
using testing_support::ScriptedServer;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

struct Identity {
    Key key{nullptr, EVP_PKEY_free};
    Certificate certificate{nullptr, X509_free};
};

void extend(X509* certificate, int kind, const char* value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

/// Signed by `issuer`, or by itself when there is none; `names` as OpenSSL writes them:
/// "DNS:localhost".
Identity make_identity(const std::string& name, const char* names, const Identity* issuer) {
    Identity made;
    made.key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    made.certificate.reset(X509_new());
    X509* x = made.certificate.get();
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), issuer == nullptr ? 1 : 2);
    X509_gmtime_adj(X509_getm_notBefore(x), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x), 3600);
    X509_set_pubkey(x, made.key.get());
    const auto* bytes = reinterpret_cast<const unsigned char*>(name.c_str());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8, bytes, -1, -1, 0);
    const X509* signer = issuer == nullptr ? x : issuer->certificate.get();
    X509_set_issuer_name(x, X509_get_subject_name(signer));
    if (names == nullptr) extend(x, NID_basic_constraints, "critical,CA:TRUE");
    if (names != nullptr) extend(x, NID_subject_alt_name, names);
    X509_sign(x, issuer == nullptr ? made.key.get() : issuer->key.get(), EVP_sha256());
    return made;
}

class TlsTest : public testing::Test {
protected:
    TlsTest() {
        // A client that refuses a certificate hangs up while the server's OpenSSL still writes to
        // it.
        std::signal(SIGPIPE, SIG_IGN);
        FILE* file = std::fopen(ca_file.c_str(), "w");
        PEM_write_X509(file, ca.certificate.get());
        std::fclose(file);
    }
    ~TlsTest() override { std::filesystem::remove(ca_file); }

    /// Serves one answer with this identity, then ends with or without TLS's own goodbye.
    Result<Response> get(
        const Identity& identity,
        const std::string& ca_path,
        const std::string& host,
        int max_version = TLS1_3_VERSION,
        bool goodbye = true
    ) {
        std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
        SSL_CTX_use_certificate(context.get(), identity.certificate.get());
        SSL_CTX_use_PrivateKey(context.get(), identity.key.get());
        SSL_CTX_set_security_level(context.get(), 0);
        SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context.get(), max_version);
        const ScriptedServer server([&](RawSocket& peer, int) {
            std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context.get()), SSL_free);
            SSL_set_fd(tls.get(), peer.fd());
            if (SSL_accept(tls.get()) != 1) return;
            const char* name = SSL_get_servername(tls.get(), TLSEXT_NAMETYPE_host_name);
            server_name = name != nullptr ? name : "";
            std::string request(4096, '\0');
            SSL_read(tls.get(), request.data(), 4096);
            const std::string answer = "HTTP/1.0 200 OK\r\n\r\n" + std::string(100'000, 's');
            SSL_write(tls.get(), answer.data(), static_cast<int>(answer.size()));
            if (goodbye) SSL_shutdown(tls.get());
        });
        auto client = make_http_client({.ca_file = ca_path});
        SendOptions options;
        options.allow_private_network = true;
        return client.value()->send({"GET", server.url(host, "https"), {}, ""}, options, {});
    }

    const Identity ca = make_identity("Test authority", nullptr, nullptr);
    const std::string ca_file = testing::TempDir() + "touchline-ca-" + std::to_string(getpid()) +
                                testing::UnitTest::GetInstance()->current_test_info()->name();
    std::string server_name;
};

TEST_F(TlsTest, AcceptsACertificateOfATrustedAuthorityForThisHost) {
    const Identity good = make_identity("server", "DNS:localhost", &ca);
    const auto response = get(good, ca_file, "localhost");
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(response->body.size(), 100'000U);
    EXPECT_EQ(server_name, "localhost");
}

TEST_F(TlsTest, ChecksAnAddressAgainstTheAddressesInTheCertificate) {
    const Identity good = make_identity("server", "IP:127.0.0.1", &ca);
    const auto response = get(good, ca_file, "127.0.0.1");
    ASSERT_TRUE(response) << response.error().text();
    EXPECT_EQ(server_name, "");
}

TEST_F(TlsTest, RefusesACertificateThatSignedItself) {
    const auto response = get(make_identity("x", "DNS:localhost", nullptr), ca_file, "localhost");
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::config);
    EXPECT_THAT(response.error().message(), HasSubstr("not trusted"));
    EXPECT_THAT(response.error().cure(), HasSubstr("ca_file"));
}

TEST_F(TlsTest, RefusesAnAuthorityThatIsNotTrusted) {
    const auto response = get(make_identity("x", "DNS:localhost", &ca), "", "localhost");
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::config);
}

TEST_F(TlsTest, RefusesACertificateOfAnotherHost) {
    const Identity other = make_identity("localhost", "DNS:other.example", &ca);
    for (const char* host : {"localhost", "127.0.0.1"}) {
        const auto response = get(other, ca_file, host);
        ASSERT_FALSE(response) << host;
        EXPECT_EQ(response.error().code(), Code::config) << response.error().text();
    }
}

TEST_F(TlsTest, RefusesVersionsBefore12) {
    const Identity good = make_identity("server", "DNS:localhost", &ca);
    EXPECT_TRUE(get(good, ca_file, "localhost", TLS1_2_VERSION));
    const auto response = get(good, ca_file, "localhost", TLS1_1_VERSION);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::unavailable) << response.error().text();
}

TEST_F(TlsTest, NoticesAnAnswerThatSomebodyCut) {
    const Identity good = make_identity("server", "DNS:localhost", &ca);
    const auto response = get(good, ca_file, "localhost", TLS1_3_VERSION, false);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::unavailable) << response.error().text();
}

TEST_F(TlsTest, GivesUpOnAHandshakeThatDoesNotEnd) {
    const ScriptedServer server([](RawSocket& peer, int) { peer.receive_all(); });
    SendOptions options;
    options.allow_private_network = true;
    options.timeouts.handshake = 20ms;
    const Request request{"GET", server.url("localhost", "https"), {}, ""};
    const auto response = make_http_client().value()->send(request, options, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::timeout);
    EXPECT_THAT(response.error().message(), HasSubstr("handshake"));
}

TEST_F(TlsTest, SaysWhenTheAuthoritiesCannotBeRead) {
    const auto client = make_http_client({.ca_file = "/nowhere/ca.pem"});
    ASSERT_FALSE(client);
    EXPECT_EQ(client.error().code(), Code::config);
    EXPECT_THAT(client.error().message(), HasSubstr("/nowhere/ca.pem"));
}

}  // namespace
}  // namespace touchline::net
