#include "touchline/net/session.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/net/target_client.hpp"

#include <string_view>

namespace touchline::net {

namespace {

constexpr std::string_view k_in_header = "{header:";

/// The inside of a JSON text.
std::string quoted_inside(std::string_view text) {
    std::string quoted;
    json::append_quoted(quoted, text);
    return quoted.substr(1, quoted.size() - 2);
}

void replace_all(std::string& text, std::string_view what, const std::string& with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
}

Error not_let_in() {
    return Error(Code::auth, "the system does not let this user in")
        .cure("Check the user and the secret of the connection's auth.");
}

/// Error auth: the login's answer has nothing there.
Result<std::string> part_of(const Response& answer, std::string_view name) {
    if (const auto prefix = k_in_header.substr(1); name.starts_with(prefix)) {
        const auto field = answer.headers.get(name.substr(prefix.size()));
        if (!field || field->empty()) return not_let_in();
        return std::string(*field);
    }
    const auto document = json::Document::parse(answer.body);
    const auto value = document ? json::find(document->root(), name) : std::nullopt;
    if (!value || value->is_null()) return not_let_in();
    const auto text = value->as_string();
    return text ? std::string(*text) : value->text();
}

}  // namespace

Result<HeaderKey> Session::key(const Login& login) {
    const std::lock_guard lock(mutex_);
    if (!token_) {
        TOUCHLINE_TRY(token_, sign_in(login).with("signing in as " + user_));
        has_worked_ = false;
    }
    return HeaderKey{recipe_.header, *token_, recipe_.scheme.empty() ? "" : recipe_.scheme + " "};
}

bool Session::is_ended(const Response& response) const {
    for (const auto& ended : recipe_.ended) {
        if (response.status != ended.status) continue;
        if (ended.at.empty()) return true;
        // Most answers do not hold the word, and need no parsing.
        if (response.body.find(ended.is) == std::string::npos) continue;
        const auto document = json::Document::parse(response.body);
        const auto value = document ? json::find(document->root(), ended.at) : std::nullopt;
        if (value && value->as_string() == ended.is) return true;
    }
    return false;
}

void Session::hide_tokens(Headers& headers) const {
    std::string_view rest = recipe_.value;
    for (std::size_t at = 0; (at = rest.find(k_in_header)) != std::string_view::npos;) {
        rest.remove_prefix(at + k_in_header.size());
        headers.remove(rest.substr(0, rest.find('}')));
    }
}

void Session::worked(const HeaderKey& key) {
    const std::lock_guard lock(mutex_);
    if (token_ && token_->matches(key.key.reveal())) has_worked_ = true;
}

bool Session::refused(const HeaderKey& key) {
    const std::lock_guard lock(mutex_);
    // Another thread has signed in meanwhile.
    if (!token_ || !token_->matches(key.key.reveal())) return true;
    const bool worked = has_worked_;
    token_.reset();
    return worked;
}

Result<Secret> Session::sign_in(const Login& login) const {
    Request request;
    request.method = "POST";
    request.headers.set("Content-Type", "application/json");
    request.headers.set("Accept", "application/json");
    request.body = recipe_.json;
    replace_all(request.body, "{user}", quoted_inside(user_));
    replace_all(request.body, "{secret}", quoted_inside(secret_.reveal()));
    TOUCHLINE_TRY(const Response answer, login(std::move(request)));
    if (answer.status >= 400 && answer.status <= 403) return not_let_in();
    TOUCHLINE_CHECK(check_status(answer, Time()));
    std::string token;
    for (std::string_view rest = recipe_.value; !rest.empty();) {
        const auto open = rest.find('{');
        token += rest.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = rest.find('}', open);
        if (close == std::string_view::npos)
            return Error(Code::config, "\"{\" without \"}\" in the session's value");
        const auto name = rest.substr(open + 1, close - open - 1);
        if (name == "user") {
            token += user_;
        } else {
            TOUCHLINE_TRY(const std::string part, part_of(answer, name));
            token += part;
        }
        rest.remove_prefix(close + 1);
    }
    return Secret(recipe_.base64 ? to_base64(token) : std::move(token));
}

}  // namespace touchline::net
