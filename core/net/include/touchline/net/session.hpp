// Signing in to systems that hand out sessions of their own: a request with the user and the secret
// gives a token, which the calls after it carry until the system has forgotten it.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/secret.hpp"
#include "touchline/net/credentials.hpp"
#include "touchline/net/http_client.hpp"

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace touchline::net {

/// How a kind of system does it; a connector's manifest says so. Holds no secret.
struct SessionRecipe {
    /// An answer that means: this session has ended, or never was.
    struct Ended {
        int status = 401;
        std::string at, is;  ///< JSON pointer and the text there; empty: the status says enough
        friend bool operator==(const Ended&, const Ended&) = default;
    };

    std::string path;  ///< of the login, below the target's base URL; sent by POST
    std::string json;  ///< its content: `{user}` and `{secret}` may stand inside texts
    std::string header = "Authorization";  ///< what carries the token
    std::string scheme;                    ///< the word before it, as in "Bearer", or empty
    /// Of `{user}`, `{/pointer}` (into the login's answer), `{header:NAME}` (of that answer).
    std::string value;
    bool base64 = false;  ///< whether the value is sent in base64
    std::vector<Ended> ended;

    friend bool operator==(const SessionRecipe&, const SessionRecipe&) = default;
};

/// Shared by all connections of the account. Any thread; one signs in, the others wait for it.
/// Nothing outlives the process: a session is cheap to get anew.
class Session {
public:
    /// Sends the login: the URL is left to it.
    using Login = std::function<Result<Response>(Request)>;

    Session(SessionRecipe recipe, std::string user, Secret secret)
        : recipe_(std::move(recipe)), user_(std::move(user)), secret_(std::move(secret)) {}

    const SessionRecipe& recipe() const { return recipe_; }
    /// What calls carry; signs in first where there is no session. Errors: auth (the system does
    /// not let the user in), and whatever `login` yields.
    Result<HeaderKey> key(const Login& login);
    /// Whether the answer says that the session has ended.
    bool is_ended(const Response& response) const;
    /// Takes fields that carry tokens out of an answer: connectors see none.
    void hide_tokens(Headers& headers) const;
    /// A call with this key was taken.
    void worked(const HeaderKey& key);
    /// It was refused. True: the next key() signs in anew. False: it has never worked, so another
    /// one would not either, and asking for ever more sessions helps nobody.
    bool refused(const HeaderKey& key);

private:
    Result<Secret> sign_in(const Login& login) const;

    const SessionRecipe recipe_;
    const std::string user_;
    const Secret secret_;
    std::mutex mutex_;
    std::optional<Secret> token_;  // guarded by mutex_, as below
    bool has_worked_ = false;
};

}  // namespace touchline::net
