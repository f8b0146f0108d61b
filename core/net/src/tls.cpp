#include "stream.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <mutex>

namespace touchline::net {

namespace {

constexpr std::size_t k_chunk = 16U << 10U;

std::string openssl_reason() {
    const unsigned long code = ERR_peek_last_error();
    const char* reason = ERR_reason_error_string(code);
    ERR_clear_error();
    return reason != nullptr ? reason : "unknown reason";
}

bool is_address(const std::string& host) {
    in6_addr buffer{};
    return inet_pton(AF_INET, host.c_str(), &buffer) == 1 ||
           inet_pton(AF_INET6, host.c_str(), &buffer) == 1;
}

void expect_host(ssl_st* tls, const std::string& host) {
    X509_VERIFY_PARAM* expected = SSL_get0_param(tls);
    if (is_address(host)) {
        X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str());
        return;
    }
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    X509_VERIFY_PARAM_set1_host(expected, host.c_str(), host.size());
    // What SSL_set_tlsext_host_name does, which is a macro with an old-style cast; the text is
    // copied.
    SSL_ctrl(
        tls,
        SSL_CTRL_SET_TLSEXT_HOSTNAME,
        TLSEXT_NAMETYPE_host_name,
        const_cast<char*>(host.c_str())
    );
}

Error handshake_failed(const ssl_st* tls, const Wait& wait) {
    const long verdict = SSL_get_verify_result(tls);
    if (verdict == X509_V_OK) {
        return Error(Code::unavailable, wait.peer() + ": no TLS session: " + openssl_reason());
    }
    ERR_clear_error();
    return Error(
               Code::config,
               wait.peer() +
                   ": its certificate is not trusted: " + X509_verify_cert_error_string(verdict)
    )
        .cure("Check the host name, or name the authority's certificate in ca_file.");
}

Error cut(const Wait& wait) {
    return Error(Code::unavailable, wait.peer() + ": the connection was cut");
}

}  // namespace

struct TlsContext::State {
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{nullptr, SSL_CTX_free};
    std::once_flag system_authorities;
};

Result<TlsContext> TlsContext::make(const std::string& ca_file) {
    auto state = std::make_shared<State>();
    state->context.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX* context = state->context.get();
    if (context == nullptr) return Error(Code::internal, "TLS cannot start: " + openssl_reason());
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    if (!ca_file.empty() && SSL_CTX_load_verify_file(context, ca_file.c_str()) != 1) {
        return Error(
                   Code::config,
                   "the file " + ca_file + " holds no certificate: " + openssl_reason()
        )
            .cure("Name a readable PEM file with the certificates of the authorities to trust.");
    }
    ERR_clear_error();
    return TlsContext(std::move(state));
}

ssl_ctx_st* TlsContext::get() const {
    SSL_CTX* context = state_->context.get();
    std::call_once(state_->system_authorities, [&] {
        SSL_CTX_set_default_verify_paths(context);
        ERR_clear_error();
    });
    return context;
}

void Stream::FreeTls::operator()(ssl_st* tls) const {
    SSL_free(tls);
}

Result<void> Stream::start_tls(
    const TlsContext& tls, const std::string& host, const Wait& wait, const Step& step
) {
    tls_.reset(SSL_new(tls.get()));
    BIO* in = BIO_new(BIO_s_mem());
    BIO* out = BIO_new(BIO_s_mem());
    SSL_set_bio(tls_.get(), in, out);
    expect_host(tls_.get(), host);
    // The step's limit is for the whole handshake, so a server that drips bytes cannot stretch it.
    const Wait whole(wait.peer(), wait.left(step), wait.stop());
    while (true) {
        ERR_clear_error();
        const int done = SSL_connect(tls_.get());
        const int want = SSL_get_error(tls_.get(), done);
        if (done != 1 && want != SSL_ERROR_WANT_READ && want != SSL_ERROR_WANT_WRITE) {
            return handshake_failed(tls_.get(), wait);
        }
        auto open = exchange_tls(done != 1, whole, step);
        if (!open && open.error().code() == Code::timeout) return wait.expired(step);
        if (!open) return std::move(open).error();
        if (done == 1) return {};
        if (!*open) return cut(wait);
    }
}

Result<bool> Stream::exchange_tls(bool more, const Wait& wait, const Step& step) {
    std::array<char, k_chunk> buffer;
    BIO* out = SSL_get_wbio(tls_.get());
    while (BIO_pending(out) > 0) {
        const int count = BIO_read(out, buffer.data(), static_cast<int>(buffer.size()));
        const std::string_view ready(buffer.data(), static_cast<std::size_t>(std::max(count, 0)));
        TOUCHLINE_CHECK(transmit(ready, wait, step));
    }
    if (!more) return true;
    TOUCHLINE_TRY(const std::size_t count, receive(buffer, wait, step));
    if (count == 0) return false;
    BIO_write(SSL_get_rbio(tls_.get()), buffer.data(), static_cast<int>(count));
    return true;
}

Result<void> Stream::write(std::string_view bytes, const Wait& wait, const Step& step) {
    if (!tls_) return transmit(bytes, wait, step);
    while (!bytes.empty()) {
        ERR_clear_error();
        std::size_t taken = 0;
        const int done =
            SSL_write_ex(tls_.get(), bytes.data(), std::min(bytes.size(), k_chunk), &taken);
        const int want = SSL_get_error(tls_.get(), done);
        if (done != 1 && want != SSL_ERROR_WANT_READ) return cut(wait);
        bytes.remove_prefix(taken);
        TOUCHLINE_TRY(const bool open, exchange_tls(done != 1, wait, step));
        if (!open) return cut(wait);
    }
    return {};
}

Result<std::size_t> Stream::read(std::span<char> into, const Wait& wait, const Step& step) {
    if (!tls_) return receive(into, wait, step);
    while (true) {
        ERR_clear_error();
        std::size_t count = 0;
        const int done = SSL_read_ex(tls_.get(), into.data(), into.size(), &count);
        if (done == 1) return count;
        const int want = SSL_get_error(tls_.get(), done);
        if (want == SSL_ERROR_ZERO_RETURN) return std::size_t{0};
        if (want != SSL_ERROR_WANT_READ) {
            return Error(Code::unavailable, wait.peer() + ": TLS failed: " + openssl_reason());
        }
        TOUCHLINE_TRY(const bool open, exchange_tls(true, wait, step));
        if (!open) return cut(wait);
    }
}

}  // namespace touchline::net
