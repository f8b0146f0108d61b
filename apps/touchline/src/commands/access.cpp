#include "../entrance.hpp"
#include "../loading.hpp"

#include "touchline/access/audit.hpp"
#include "touchline/access/directory.hpp"
#include "touchline/config/units.hpp"
#include "touchline/json/writer.hpp"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace touchline::app {
namespace {

/// The accounts of an installation, without opening its store: they change beside a running daemon.
struct Accounts {
    std::filesystem::path folder;
    access::Directory directory;
    SystemClock clock;

    explicit Accounts(std::filesystem::path where) : folder(std::move(where)), directory(folder) {}
};

std::unique_ptr<Accounts> open_accounts(Terminal& terminal, const Globals& globals) {
    const auto loaded = load_config(terminal, globals);
    if (!loaded) return nullptr;
    return std::make_unique<Accounts>(access_folder(loaded->config));
}

/// Typed without being shown; from a pipe the first line.
Secret read_password(Terminal& terminal, const std::string& question) {
    const bool is_terminal = ::isatty(STDIN_FILENO) == 1;
    termios before{};
    if (is_terminal) {
        terminal.say(question);
        ::tcgetattr(STDIN_FILENO, &before);
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
    }
    std::string line;
    std::getline(std::cin, line);
    if (is_terminal) ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
    return Secret(std::move(line));
}

/// On the record of who did what; the command's user is who the machine says.
void put_on_record(
    Terminal& terminal, Accounts& accounts, const std::string& action, const std::string& subject
) {
    const char* const login = std::getenv("USER");
    access::AuditLog log(accounts.folder);
    access::AuditEvent event;
    event.at = accounts.clock.now();
    event.account = "command line" + (login != nullptr ? std::string(": ") + login : std::string());
    event.role = "admin";
    event.action = action;
    event.subject = subject;
    event.outcome = "done";
    if (const auto written = log.write(event); !written) terminal.say(written.error().text());
}

int finish(
    Terminal& terminal,
    Accounts& accounts,
    const Result<void>& done,
    const std::string& action,
    const std::string& subject,
    const std::string& sentence
) {
    if (!done) return terminal.fail(done.error());
    put_on_record(terminal, accounts, action, subject);
    if (terminal.json) {
        terminal.print(R"({"done":true})");
    } else {
        terminal.print(sentence);
    }
    return k_ok;
}

access::Role role_of(const std::string& name) {
    return access::role_named(name).value_or(access::Role::agent);
}

int set_enabled(
    Terminal& terminal, const Globals& globals, const std::string& account, bool enabled
) {
    const auto accounts = open_accounts(terminal, globals);
    if (!accounts) return k_config;
    return finish(
        terminal,
        *accounts,
        accounts->directory.set_enabled(account, enabled),
        enabled ? "user enable" : "user disable",
        account,
        account + (enabled ? " may sign in again." : " is kept out, and signed out everywhere.")
    );
}

}  // namespace

int user_list(Terminal& terminal, const Globals& globals) {
    const auto accounts = open_accounts(terminal, globals);
    if (!accounts) return k_config;
    const auto users = accounts->directory.users();
    if (!users) return terminal.fail(users.error());
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().key("users").begin_array();
        for (const access::User& user : *users) {
            writer.begin_object().member("account", user.account).member("name", user.name);
            writer.member("role", to_string(user.role)).member("enabled", user.enabled);
            writer.member("created_at", format_rfc3339(user.created_at)).end_object();
        }
        writer.end_array().end_object();
        terminal.print(writer.text());
        return k_ok;
    }
    for (const access::User& user : *users)
        terminal.print(
            padded(user.account, 32) + " " +
            padded(user.enabled ? to_string(user.role) : "disabled", 11) + " " + user.name
        );
    if (users->empty()) {
        terminal.say("There are no users yet.");
        terminal.say("next: touchline user add NAME --role admin");
    }
    return k_ok;
}

int user_add(Terminal& terminal, const Globals& globals, const UserArguments& arguments) {
    const auto accounts = open_accounts(terminal, globals);
    if (!accounts) return k_config;
    const Secret password = read_password(terminal, "Password (at least 10 characters):");
    access::User user;
    user.account = arguments.account;
    user.name = arguments.name;
    user.role = role_of(arguments.role);
    return finish(
        terminal,
        *accounts,
        accounts->directory.add_user(std::move(user), password, accounts->clock.now()),
        "user add",
        arguments.account,
        arguments.account + " may sign in as " + arguments.role + "."
    );
}

int user_remove(Terminal& terminal, const Globals& globals, const UserArguments& arguments) {
    const auto accounts = open_accounts(terminal, globals);
    if (!accounts) return k_config;
    return finish(
        terminal,
        *accounts,
        accounts->directory.remove_user(arguments.account),
        "user remove",
        arguments.account,
        arguments.account + " is gone, and signed out everywhere."
    );
}

int user_disable(Terminal& terminal, const Globals& globals, const UserArguments& arguments) {
    return set_enabled(terminal, globals, arguments.account, false);
}

int user_enable(Terminal& terminal, const Globals& globals, const UserArguments& arguments) {
    return set_enabled(terminal, globals, arguments.account, true);
}

int user_password(Terminal& terminal, const Globals& globals, const UserArguments& arguments) {
    const auto accounts = open_accounts(terminal, globals);
    if (!accounts) return k_config;
    const Secret password = read_password(terminal, "New password (at least 10 characters):");
    return finish(
        terminal,
        *accounts,
        accounts->directory.set_password(arguments.account, password, accounts->clock.now()),
        "user password",
        arguments.account,
        "The password is changed; " + arguments.account + " is signed out everywhere."
    );
}

int user_role(Terminal& terminal, const Globals& globals, const UserArguments& arguments) {
    const auto accounts = open_accounts(terminal, globals);
    if (!accounts) return k_config;
    return finish(
        terminal,
        *accounts,
        accounts->directory.set_role(arguments.account, role_of(arguments.role)),
        "user role",
        arguments.account + " " + arguments.role,
        arguments.account + " is " + arguments.role + " from the next click on."
    );
}

int token_list(Terminal& terminal, const Globals& globals) {
    const auto accounts = open_accounts(terminal, globals);
    if (!accounts) return k_config;
    const auto tokens = accounts->directory.tokens();
    if (!tokens) return terminal.fail(tokens.error());
    json::Writer writer;
    writer.begin_object().key("tokens").begin_array();
    for (const access::Token& token : *tokens) {
        const std::string ends =
            token.expires_at ? format_rfc3339(*token.expires_at) : std::string();
        writer.begin_object().member("name", token.name).member("role", to_string(token.role));
        writer.member_unless_empty("expires_at", ends).end_object();
        if (terminal.json) continue;
        const bool is_over = token.expires_at && *token.expires_at <= accounts->clock.now();
        terminal.print(
            padded(token.name, 32) + " " + padded(to_string(token.role), 11) + " " +
            (ends.empty() ? "for ever"
             : is_over    ? "ended " + ends
                          : "until " + ends)
        );
    }
    writer.end_array().end_object();
    if (terminal.json) {
        terminal.print(writer.text());
    } else if (tokens->empty()) {
        terminal.say("There are no tokens but the installation's own.");
    }
    return k_ok;
}

int token_create(Terminal& terminal, const Globals& globals, const TokenArguments& arguments) {
    const auto accounts = open_accounts(terminal, globals);
    if (!accounts) return k_config;
    access::Token token;
    token.name = arguments.name;
    token.role = role_of(arguments.role);
    token.created_at = accounts->clock.now();
    if (arguments.days > 0) token.expires_at = token.created_at + std::chrono::days(arguments.days);
    const auto text = accounts->directory.create_token(token);
    if (!text) return terminal.fail(text.error());
    put_on_record(terminal, *accounts, "token create", arguments.name + " " + arguments.role);
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().member("name", token.name).member("token", text->reveal());
        writer.member("role", to_string(token.role)).end_object();
        terminal.print(writer.text());
    } else {
        terminal.print(text->reveal());
        terminal.say("It is shown this once; keep it where the program that uses it finds it.");
    }
    return k_ok;
}

int token_revoke(Terminal& terminal, const Globals& globals, const TokenArguments& arguments) {
    const auto accounts = open_accounts(terminal, globals);
    if (!accounts) return k_config;
    return finish(
        terminal,
        *accounts,
        accounts->directory.revoke_token(arguments.name),
        "token revoke",
        arguments.name,
        "The token " + arguments.name + " is good for nothing any more."
    );
}

}  // namespace touchline::app
