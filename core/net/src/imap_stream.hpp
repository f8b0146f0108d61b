// IMAP (RFC 9051) from the greeting to the moment we are let in; from there on, only frames.
#pragma once

#include "imap_frames.hpp"
#include "wire.hpp"

#include "touchline/base/secret.hpp"
#include "touchline/net/stream_client.hpp"

#include <string>
#include <variant>
#include <vector>

namespace touchline::net {

/// An access token, and whose it is (XOAUTH2).
struct MailToken {
    std::string user;
    Secret token;
};
using MailLogin = std::variant<BasicLogin, MailToken>;

class ImapStream final : public OpenStream {
public:
    /// `tls`: for STARTTLS, where the address wants it.
    static Result<std::unique_ptr<OpenStream>> open(
        Wire wire,
        const StreamTarget& target,
        const TlsContext& tls,
        const MailLogin& login,
        const std::stop_token& stop
    );

    Result<void> send(std::string_view bytes, std::stop_token stop) override;
    Result<Frame> receive(std::chrono::milliseconds longest, std::stop_token stop) override;

private:
    struct Reply {
        bool ok = false;   ///< neither NO nor BAD
        std::string code;  ///< "AUTHENTICATIONFAILED"; may be empty
        std::vector<std::string> untagged;
    };

    ImapStream(Wire wire, std::size_t frame_limit) : wire_(std::move(wire)), frames_(frame_limit) {}
    Result<void> greet(bool tls, const std::stop_token& stop);
    Result<void> start_tls(
        const TlsContext& tls, const std::string& host, const std::stop_token& stop
    );
    Result<void> sign_in(const MailLogin& login, const std::stop_token& stop);
    Result<Reply> command(const std::string& text, const std::stop_token& stop);
    /// A command whose server asks for more before it answers.
    Result<Reply> authenticate(
        const std::string& mechanism,
        const std::string& response,
        bool at_once,
        const std::stop_token& stop
    );
    Result<Reply> reply(
        const std::string& tag, const std::string& more, const std::stop_token& stop
    );
    Result<std::string> response(const std::stop_token& stop);

    Wire wire_;
    ImapFrames frames_;
    int commands_ = 0;
    bool let_in_ = false;
};

}  // namespace touchline::net
