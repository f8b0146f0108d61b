#include "touchline/net/stream_client.hpp"

#include "call_rules.hpp"
#include "dial.hpp"
#include "imap_stream.hpp"
#include "websocket_stream.hpp"

#include "touchline/base/time.hpp"
#include "touchline/net/sign_in.hpp"

namespace touchline::net {

namespace {

class NetworkStreams final : public StreamClient {
public:
    NetworkStreams(ClientOptions options, TlsContext tls)
        : options_(std::move(options)), tls_(std::move(tls)) {}

    Result<std::unique_ptr<OpenStream>> open(
        const StreamTarget& target,
        const std::string& path,
        const Query& query,
        std::stop_token stop
    ) override {
        const auto* const signed_in = std::get_if<SignedIn>(&target.credentials);
        if (signed_in == nullptr) return open_as(target, target.credentials, path, query, stop);
        TOUCHLINE_TRY(const Secret token, signed_in->by->token(stop));
        auto opened = open_as(target, BearerToken{token}, path, query, stop);
        if (opened || opened.error().code() != Code::auth) return opened;
        // Taken back before its time.
        signed_in->by->refused(token);
        TOUCHLINE_TRY(const Secret fresh, signed_in->by->token(stop));
        return open_as(target, BearerToken{fresh}, path, query, stop);
    }

private:
    Result<std::unique_ptr<OpenStream>> open_as(
        const StreamTarget& target,
        const Credentials& credentials,
        const std::string& path,
        const Query& query,
        const std::stop_token& stop
    ) const {
        if (target.address.protocol == StreamProtocol::imap)
            return open_mailbox(target, credentials, stop);
        TOUCHLINE_TRY(Url url, below(target.address.url, path, query));
        Headers headers;
        TOUCHLINE_CHECK(apply_credentials(credentials, SystemClock().now(), "", url, headers));
        TOUCHLINE_TRY(Wire wire, reach(target, stop));
        return WebsocketStream::open(
            std::move(wire), target, url, headers, options_.user_agent, stop
        );
    }

    Result<std::unique_ptr<OpenStream>> open_mailbox(
        const StreamTarget& target, const Credentials& credentials, const std::stop_token& stop
    ) const {
        MailLogin login;
        if (const auto* basic = std::get_if<BasicLogin>(&credentials)) {
            login = *basic;
        } else if (const auto* token = std::get_if<BearerToken>(&credentials)) {
            const auto* const signed_in = std::get_if<SignedIn>(&target.credentials);
            login = MailToken{signed_in == nullptr ? "" : signed_in->user, token->token};
        } else {
            return Error(Code::config, "a mailbox needs credentials of the kind basic or oauth2");
        }
        TOUCHLINE_TRY(Wire wire, reach(target, stop));
        return ImapStream::open(std::move(wire), target, tls_, login, stop);
    }

    Result<Wire> reach(const StreamTarget& target, const std::stop_token& stop) const {
        std::string peer = target.address.text();
        if (peer.ends_with('/')) peer.pop_back();
        const Wait wait(peer, target.send.timeouts.whole, stop);
        TOUCHLINE_TRY(
            auto stream, dial(target.address.url, target.address.tls, tls_, target.send, wait)
        );
        return Wire(std::move(stream), std::move(peer), target.send.timeouts);
    }

    ClientOptions options_;
    TlsContext tls_;
};

}  // namespace

Result<std::unique_ptr<StreamClient>> make_stream_client(ClientOptions options) {
    TOUCHLINE_TRY(TlsContext tls, TlsContext::make(options.ca_file));
    return std::unique_ptr<StreamClient>(
        std::make_unique<NetworkStreams>(std::move(options), std::move(tls))
    );
}

}  // namespace touchline::net
