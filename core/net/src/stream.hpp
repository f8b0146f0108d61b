// One connection to a server: TCP, with TLS on top when asked for. Every step ends in time.
#pragma once

#include "address.hpp"
#include "wait.hpp"

#include "touchline/base/result.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// As <openssl/ssl.h> declares them.
struct ssl_ctx_st;
struct ssl_st;

namespace touchline::net {

/// What all TLS connections of a client share: trusted authorities and the lowest version.
/// Thread-safe.
class TlsContext {
public:
    /// The system's authorities and those in `ca_file`, if it is named. Error config: it cannot be
    /// read.
    static Result<TlsContext> make(const std::string& ca_file);

    /// Reads the system's authorities at the first call: a tenth of a second and some memory that a
    /// program without TLS need not spend.
    ssl_ctx_st* get() const;

private:
    struct State;
    explicit TlsContext(std::shared_ptr<State> state) : state_(std::move(state)) {}
    std::shared_ptr<State> state_;
};

/// Used by one thread at a time.
class Stream {
public:
    /// Tries one address after the other. Errors: unavailable, timeout, cancelled.
    static Result<std::unique_ptr<Stream>> connect(
        const std::vector<Address>& addresses, const Wait& wait, const Step& step
    );
    ~Stream();
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    /// With server name indication, and the certificate checked against `host`. Error config: it
    /// does not verify.
    Result<void> start_tls(
        const TlsContext& tls, const std::string& host, const Wait& wait, const Step& step
    );
    Result<void> write(std::string_view bytes, const Wait& wait, const Step& step);
    /// At least one byte, or 0 at the end. Error unavailable: broken, or TLS ended without its
    /// closing message.
    Result<std::size_t> read(std::span<char> into, const Wait& wait, const Step& step);
    /// Nothing to read and not closed: fit for another request.
    bool idle() const;

private:
    struct FreeTls {
        void operator()(ssl_st* tls) const;
    };

    explicit Stream(int fd) : fd_(fd) {}
    Result<std::size_t> receive(std::span<char> into, const Wait& wait, const Step& step);
    Result<void> transmit(std::string_view bytes, const Wait& wait, const Step& step);
    /// Sends what TLS has prepared; then, when `more`, feeds it what arrives. False at the end of
    /// the connection.
    Result<bool> exchange_tls(bool more, const Wait& wait, const Step& step);

    int fd_;
    std::unique_ptr<ssl_st, FreeTls> tls_;
};

}  // namespace touchline::net
