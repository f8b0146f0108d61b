// The people and programs that this installation knows itself: users with passwords, and API
// tokens. They stand in one file beside the store, which only its owner may read; a running daemon
// sees at once what a command has changed.
#pragma once

#include "touchline/access/role.hpp"
#include "touchline/base/result.hpp"
#include "touchline/base/secret.hpp"
#include "touchline/base/time.hpp"

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::access {

struct User {
    std::string account;  ///< what is typed to sign in; lower case
    std::string name;     ///< for people
    Role role = Role::agent;
    std::string hash;  ///< of the password
    Time created_at{};
    Time password_at{};   ///< sessions that began before it are over
    bool enabled = true;  ///< false: does not come in, and stays on record
};

struct Token {
    std::string name;
    Role role = Role::agent;
    std::string digest;  ///< SHA-256 of the token, in hex
    Time created_at{};
    std::optional<Time> expires_at;
};

/// Any thread; several processes.
class Directory {
public:
    /// The folder is made when something is first written.
    explicit Directory(std::filesystem::path folder);

    Result<std::vector<User>> users() const;
    Result<std::vector<Token>> tokens() const;
    /// Nothing when there is none, or the file cannot be read (that is logged).
    std::optional<User> find_user(std::string_view account) const;
    /// The token that this is, unless it has expired.
    std::optional<Token> find_token(std::string_view text, Time now) const;

    /// Errors: conflict (there is one), bad_data (the account's name, the password).
    Result<void> add_user(User user, const Secret& password, Time now);
    Result<void> remove_user(std::string_view account);
    Result<void> set_password(std::string_view account, const Secret& password, Time now);
    Result<void> set_role(std::string_view account, Role role);
    Result<void> set_enabled(std::string_view account, bool enabled);
    /// The token itself: it is shown once and stored nowhere. Errors: conflict, bad_data.
    Result<Secret> create_token(Token token);
    Result<void> revoke_token(std::string_view name);

private:
    struct Content {
        std::vector<User> users;
        std::vector<Token> tokens;
    };

    Result<Content> read() const;
    Result<void> change_user(std::string_view account, const std::function<void(User&)>& edit);
    Result<void> change(const std::function<Result<void>(Content&)>& edit);
    static Result<Content> parse(std::string_view text, const std::filesystem::path& file);
    static std::string text_of(const Content& content);

    const std::filesystem::path folder_, file_;
    mutable std::mutex mutex_;
    mutable Content known_;                               // guarded by mutex_, as all below
    mutable std::filesystem::file_time_type known_time_;  // of the file that known_ was read from
    mutable std::uintmax_t known_size_ = 0;
    mutable bool is_known_ = false;
};

}  // namespace touchline::access
