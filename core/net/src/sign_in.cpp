#include "touchline/net/sign_in.hpp"

#include <utility>

namespace touchline::net {

namespace {

/// A token that ends sooner than this may end on its way.
constexpr std::chrono::seconds k_margin{60};

/// Held while one process renews.
class VaultLock {
public:
    static Result<VaultLock> take(TokenVault& vault) {
        TOUCHLINE_CHECK(vault.lock());
        return VaultLock(vault);
    }
    VaultLock(VaultLock&& other) noexcept : vault_(std::exchange(other.vault_, nullptr)) {}
    VaultLock& operator=(VaultLock&&) = delete;
    ~VaultLock() {
        if (vault_ != nullptr) vault_->unlock();
    }

private:
    explicit VaultLock(TokenVault& vault) : vault_(&vault) {}
    TokenVault* vault_;
};

bool same(const Secret& a, const Secret& b) {
    return a.matches(b.reveal());
}

}  // namespace

SignIn::SignIn(
    std::string account,
    OAuthClient client,
    std::unique_ptr<TokenVault> vault,
    HttpClient& http,
    const Clock& clock,
    SendOptions options
)
    : account_(std::move(account)),
      client_(std::move(client)),
      vault_(std::move(vault)),
      http_(http),
      clock_(clock),
      options_(options) {}

Result<Secret> SignIn::token(std::stop_token stop) {
    const std::lock_guard lock(mutex_);
    if (!loaded_) {
        TOUCHLINE_TRY(tokens_, vault_->load());
        loaded_ = true;
    }
    if (!is_good(tokens_)) {
        auto renewed = renew(std::move(stop));
        if (!renewed) {
            Error error = std::move(renewed).error().with("signing in to " + account_);
            if (error.code() != Code::auth || client_.grant != OAuthGrant::refresh_token)
                return error;
            return std::move(error).cure("Sign in: touchline connections auth " + account_);
        }
    }
    return tokens_.access;
}

void SignIn::refused(const Secret& token) {
    const std::lock_guard lock(mutex_);
    refused_ = token;
}

Result<void> SignIn::adopt(Tokens tokens) {
    const std::lock_guard lock(mutex_);
    TOUCHLINE_TRY(const auto held, VaultLock::take(*vault_));
    TOUCHLINE_CHECK(vault_->save(tokens));
    tokens_ = std::move(tokens);
    loaded_ = true;
    return {};
}

bool SignIn::is_good(const Tokens& tokens) const {
    if (tokens.access.empty()) return false;
    if (!refused_.empty() && same(tokens.access, refused_)) return false;
    return !tokens.expires_at || clock_.now() + k_margin < *tokens.expires_at;
}

Result<void> SignIn::renew(std::stop_token stop) {
    TOUCHLINE_TRY(const auto held, VaultLock::take(*vault_));
    // Another process may have renewed while this one waited for the lock.
    TOUCHLINE_TRY(tokens_, vault_->load());
    if (is_good(tokens_)) return {};
    TOUCHLINE_TRY(const Request request, token_request(client_, tokens_.refresh, clock_.now()));
    TOUCHLINE_TRY(const Response response, http_.send(request, options_, std::move(stop)));
    TOUCHLINE_TRY(Tokens fresh, read_tokens(response, tokens_.refresh, clock_.now()));
    TOUCHLINE_CHECK(vault_->save(fresh));
    tokens_ = std::move(fresh);
    return {};
}

}  // namespace touchline::net
