#include "touchline/access/directory.hpp"

#include "private_file.hpp"

#include "touchline/access/password.hpp"
#include "touchline/base/digest.hpp"
#include "touchline/base/log.hpp"
#include "touchline/base/text.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>
#include <system_error>

namespace touchline::access {
namespace {

constexpr std::string_view k_token_mark = "tl_";

std::string digest_of(std::string_view token) {
    return to_hex(sha256(token));
}

/// An account's name stands in logs and addresses: nothing in it may surprise.
Result<void> check_name(std::string_view name, std::string_view what) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-' || c == '@' || c == '+';
    };
    if (!name.empty() && name.size() <= 80 && std::all_of(name.begin(), name.end(), fits))
        return {};
    return Error(
        Code::bad_data,
        std::string(what) + " has to be 1 to 80 lower-case letters, digits or . _ - @ +"
    );
}

Time time_of(json::View object, std::string_view name) {
    const auto member = object.get(name);
    const auto time = parse_rfc3339(member ? member->as_string().value_or("") : "");
    return time ? *time : Time{};
}

std::string text_in(json::View object, std::string_view name) {
    const auto member = object.get(name);
    return std::string(member ? member->as_string().value_or("") : std::string_view());
}

template <typename List>
auto find_in(List& list, std::string_view name) {
    return std::find_if(list.begin(), list.end(), [name](const auto& one) {
        if constexpr (requires { one.account; }) {
            return one.account == name;
        } else {
            return one.name == name;
        }
    });
}

Error no_user(std::string_view account) {
    return Error(Code::not_found, "there is no user " + std::string(account));
}

}  // namespace

Directory::Directory(std::filesystem::path folder)
    : folder_(std::move(folder)), file_(folder_ / "accounts.json") {}

Result<std::vector<User>> Directory::users() const {
    TOUCHLINE_TRY(Content content, read());
    return std::move(content.users);
}

Result<std::vector<Token>> Directory::tokens() const {
    TOUCHLINE_TRY(Content content, read());
    return std::move(content.tokens);
}

std::optional<User> Directory::find_user(std::string_view account) const {
    const auto content = read();
    if (!content) {
        log(LogLevel::error, "accounts cannot be read", {{"error", content.error().text()}});
        return std::nullopt;
    }
    const auto found = find_in(content->users, account);
    return found == content->users.end() ? std::nullopt : std::optional(*found);
}

std::optional<Token> Directory::find_token(std::string_view text, Time now) const {
    if (!text.starts_with(k_token_mark)) return std::nullopt;
    const auto content = read();
    if (!content) {
        log(LogLevel::error, "accounts cannot be read", {{"error", content.error().text()}});
        return std::nullopt;
    }
    const std::string digest = digest_of(text);
    std::optional<Token> found;
    for (const Token& token : content->tokens) {
        if (equal_constant_time(token.digest, digest)) found = token;
    }
    if (found && found->expires_at && *found->expires_at <= now) return std::nullopt;
    return found;
}

Result<void> Directory::add_user(User user, const Secret& password, Time now) {
    TOUCHLINE_CHECK(check_name(user.account, "an account's name"));
    TOUCHLINE_CHECK(check_password(password));
    user.hash = hash_password(password);
    user.created_at = user.password_at = now;
    return change([&user](Content& content) -> Result<void> {
        if (find_in(content.users, user.account) != content.users.end())
            return Error(Code::conflict, "there is a user " + user.account + " already");
        content.users.push_back(user);
        return {};
    });
}

Result<void> Directory::remove_user(std::string_view account) {
    return change([account](Content& content) -> Result<void> {
        const auto found = find_in(content.users, account);
        if (found == content.users.end()) return no_user(account);
        content.users.erase(found);
        return {};
    });
}

Result<void> Directory::set_password(std::string_view account, const Secret& password, Time now) {
    TOUCHLINE_CHECK(check_password(password));
    const std::string hash = hash_password(password);
    return change_user(account, [&](User& user) {
        user.hash = hash;
        user.password_at = now;
    });
}

Result<void> Directory::set_role(std::string_view account, Role role) {
    return change_user(account, [role](User& user) { user.role = role; });
}

Result<void> Directory::set_enabled(std::string_view account, bool enabled) {
    return change_user(account, [enabled](User& user) { user.enabled = enabled; });
}

Result<void> Directory::change_user(
    std::string_view account, const std::function<void(User&)>& edit
) {
    return change([&](Content& content) -> Result<void> {
        const auto found = find_in(content.users, account);
        if (found == content.users.end()) return no_user(account);
        edit(*found);
        return {};
    });
}

Result<Secret> Directory::create_token(Token token) {
    TOUCHLINE_CHECK(check_name(token.name, "a token's name"));
    const std::string bytes = random_bytes(32);
    const std::string text =
        std::string(k_token_mark) +
        to_base32({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
    token.digest = digest_of(text);
    TOUCHLINE_CHECK(change([&token](Content& content) -> Result<void> {
        if (find_in(content.tokens, token.name) != content.tokens.end())
            return Error(Code::conflict, "there is a token " + token.name + " already");
        content.tokens.push_back(token);
        return {};
    }));
    return Secret(text);
}

Result<void> Directory::revoke_token(std::string_view name) {
    return change([name](Content& content) -> Result<void> {
        const auto found = find_in(content.tokens, name);
        if (found == content.tokens.end())
            return Error(Code::not_found, "there is no token " + std::string(name));
        content.tokens.erase(found);
        return {};
    });
}

Result<Directory::Content> Directory::read() const {
    const std::lock_guard lock(mutex_);
    std::error_code missing;
    const auto time = std::filesystem::last_write_time(file_, missing);
    const std::uintmax_t size = missing ? 0 : std::filesystem::file_size(file_, missing);
    if (missing) return Content();
    if (is_known_ && time == known_time_ && size == known_size_) return known_;
    TOUCHLINE_TRY(const std::string text, read_private_file(file_));
    TOUCHLINE_TRY(known_, parse(text, file_));
    known_time_ = time;
    known_size_ = size;
    is_known_ = true;
    return known_;
}

Result<void> Directory::change(const std::function<Result<void>(Content&)>& edit) {
    TOUCHLINE_CHECK(make_private_folder(folder_));
    TOUCHLINE_TRY(const FileLock lock, FileLock::take(folder_ / "accounts.lock"));
    TOUCHLINE_TRY(const std::string before, read_private_file(file_));
    Content content;
    if (!before.empty()) {
        TOUCHLINE_TRY(content, parse(before, file_));
    }
    TOUCHLINE_CHECK(edit(content));
    TOUCHLINE_CHECK(replace_private_file(file_, text_of(content)));
    const std::lock_guard forget(mutex_);
    is_known_ = false;
    return {};
}

Result<Directory::Content> Directory::parse(
    std::string_view text, const std::filesystem::path& file
) {
    const auto document = json::Document::parse(text);
    if (!document) {
        return Error(Code::config, file.string() + " is damaged")
            .cure("Bring it back from a backup, or remove it and add the users anew.");
    }
    Content content;
    if (const auto users = document->root().get("users")) {
        for (const json::View one : users->elements()) {
            content.users.push_back(
                {text_in(one, "account"),
                 text_in(one, "name"),
                 role_named(text_in(one, "role")).value_or(Role::agent),
                 text_in(one, "hash"),
                 time_of(one, "created_at"),
                 time_of(one, "password_at"),
                 !one.get("disabled")}
            );
        }
    }
    if (const auto tokens = document->root().get("tokens")) {
        for (const json::View one : tokens->elements()) {
            Token token{
                text_in(one, "name"),
                role_named(text_in(one, "role")).value_or(Role::agent),
                text_in(one, "digest"),
                time_of(one, "created_at"),
                {}};
            if (one.get("expires_at")) token.expires_at = time_of(one, "expires_at");
            content.tokens.push_back(std::move(token));
        }
    }
    return content;
}

std::string Directory::text_of(const Content& content) {
    json::Writer writer;
    writer.begin_object().member("version", 1).key("users").begin_array();
    for (const User& user : content.users) {
        writer.begin_object().member("account", user.account).member("name", user.name);
        writer.member("role", to_string(user.role)).member("hash", user.hash);
        writer.member("created_at", format_rfc3339(user.created_at));
        writer.member("password_at", format_rfc3339(user.password_at));
        if (!user.enabled) writer.member("disabled", true);
        writer.end_object();
    }
    writer.end_array().key("tokens").begin_array();
    for (const Token& token : content.tokens) {
        writer.begin_object().member("name", token.name).member("role", to_string(token.role));
        writer.member("digest", token.digest);
        writer.member("created_at", format_rfc3339(token.created_at));
        if (token.expires_at) writer.member("expires_at", format_rfc3339(*token.expires_at));
        writer.end_object();
    }
    writer.end_array().end_object();
    return writer.take() + "\n";
}

}  // namespace touchline::access
