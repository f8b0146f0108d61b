// Access tokens for an account: got, renewed in time, and never lost on the way.
#pragma once

#include "touchline/net/oauth.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <stop_token>

namespace touchline::net {

/// Where the tokens of one account outlive the process. One thread at a time.
class TokenVault {
public:
    TokenVault() = default;
    TokenVault(const TokenVault&) = delete;
    TokenVault& operator=(const TokenVault&) = delete;
    virtual ~TokenVault() = default;

    /// Keeps other processes from renewing meanwhile.
    virtual Result<void> lock() = 0;
    virtual void unlock() = 0;
    /// Empty ones when there are none yet.
    virtual Result<Tokens> load() = 0;
    /// On the disk when this returns.
    virtual Result<void> save(const Tokens& tokens) = 0;
};

/// A file that only its owner may read; its folder is made when it is missing.
std::unique_ptr<TokenVault> make_file_vault(std::filesystem::path file);

/// Shared by all connections of the account. Any thread; one renews, the others wait for it.
class SignIn {
public:
    /// `account` is for messages. `http` and `clock` outlive this.
    SignIn(
        std::string account,
        OAuthClient client,
        std::unique_ptr<TokenVault> vault,
        HttpClient& http,
        const Clock& clock,
        SendOptions options = {}
    );

    /// A token that is good for a while yet. A new refresh token is stored before the access token
    /// that came with it is used, so that a crash loses neither. Errors: auth (somebody has to sign
    /// in), unavailable, config, cancelled.
    Result<Secret> token(std::stop_token stop);
    /// The server does not take this one, whatever its time: the next call of token() renews it.
    void refused(const Secret& token);
    /// Tokens that a person's sign-in has brought.
    Result<void> adopt(Tokens tokens);

    const OAuthClient& client() const { return client_; }

private:
    Result<void> renew(std::stop_token stop);
    bool is_good(const Tokens& tokens) const;

    const std::string account_;
    const OAuthClient client_;
    const std::unique_ptr<TokenVault> vault_;
    HttpClient& http_;
    const Clock& clock_;
    const SendOptions options_;
    std::mutex mutex_;
    Tokens tokens_;  // guarded by mutex_, as all below
    Secret refused_;
    bool loaded_ = false;
};

}  // namespace touchline::net
