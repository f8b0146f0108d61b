#include "../loading.hpp"

#include "touchline/config/load.hpp"
#include "touchline/json/writer.hpp"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

namespace touchline::app {
namespace {

/// What a person types is not shown while this lives.
class NoEcho {
public:
    NoEcho() : is_terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (!is_terminal_) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~NoEcho() {
        if (is_terminal_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

private:
    termios before_{};
    bool is_terminal_;
};

/// The names that the configuration asks the file for, and who asks.
std::map<std::string, std::set<std::string>> asked_for(const config::Config& config) {
    std::map<std::string, std::set<std::string>> asked;
    const auto add = [&](const config::SecretRef& ref, const std::string& by) {
        if (ref.from == config::SecretRef::From::file) asked[ref.name].insert(by);
    };
    add(config.server.token, "server");
    for (const auto& [id, connection] : config.connections) {
        add(connection.auth.secret, id);
        if (connection.webhook) add(connection.webhook->secret, id);
    }
    for (const auto& [id, destination] : config.destinations) add(destination.auth.secret, id);
    return asked;
}

Result<config::SecretsFile> file_of(const config::Config& config) {
    if (config.secrets_file.empty()) {
        return Error(Code::config, "the configuration names no secrets file")
            .cure("Add at the top: secrets: {file: secrets.env}");
    }
    std::optional<Secret> key;
    if (!config.secrets_key.empty()) {
        TOUCHLINE_TRY(key, config::Secrets().resolve(config.secrets_key));
    }
    return config::SecretsFile(config.secrets_file, std::move(key));
}

template <typename Change>
int changed(Terminal& terminal, const Globals& globals, std::string_view done, Change change) {
    const auto loaded = load_config(terminal, globals);
    if (!loaded) return k_config;
    const auto file = file_of(loaded->config);
    if (!file) return terminal.fail(file.error());
    if (const auto result = change(*file); !result)
        return terminal.fail(result.error(), "touchline secrets list");
    terminal.say(done);
    return k_ok;
}

}  // namespace

int secrets_list(Terminal& terminal, const Globals& globals) {
    const auto loaded = load_config(terminal, globals);
    if (!loaded) return k_config;
    const config::Config& config = loaded->config;
    std::set<std::string> names;
    bool is_sealed = false;
    if (!config.secrets_file.empty() && std::filesystem::exists(config.secrets_file)) {
        const auto secrets = config::Secrets::load(config.secrets_file, config.secrets_key);
        if (!secrets) return terminal.fail(secrets.error());
        for (std::string& name : secrets->names()) names.insert(std::move(name));
        is_sealed = secrets->sealed();
    }
    const auto asked = asked_for(config);
    std::set<std::string> all = names;
    for (const auto& [name, by] : asked) all.insert(name);
    bool is_complete = true;
    json::Writer writer;
    writer.begin_object().member("sealed", is_sealed).key("secrets").begin_array();
    for (const std::string& name : all) {
        const bool is_there = names.contains(name);
        is_complete = is_complete && is_there;
        std::string by;
        writer.begin_object().member("name", name).member("present", is_there);
        writer.key("used_by").begin_array();
        if (const auto user = asked.find(name); user != asked.end()) {
            for (const std::string& one : user->second) {
                by += (by.empty() ? "" : ", ") + one;
                writer.value(one);
            }
        }
        writer.end_array().end_object();
        if (terminal.json) continue;
        terminal.print(
            padded(name, 24) + (is_there ? "there    " : "missing  ") +
            (by.empty() ? "nobody asks for it" : "for " + by)
        );
    }
    writer.end_array().end_object();
    if (terminal.json)
        terminal.print(writer.text());
    else if (!is_complete)
        terminal.say("next: touchline secrets set NAME");
    return is_complete ? k_ok : k_bad;
}

int secrets_set(Terminal& terminal, const Globals& globals, const std::string& name) {
    std::string value;
    {
        const NoEcho hidden;
        if (::isatty(STDIN_FILENO) != 0) terminal.say("The value of " + name + ":");
        std::getline(std::cin, value);
    }
    while (value.ends_with('\r')) value.pop_back();
    if (value.empty())
        return terminal.fail(Error(Code::config, "the value is empty; nothing was changed"));
    const auto ref = config::parse_secret_ref("${secret:" + name + "}", {});
    if (!ref) {
        return terminal.fail(Error(Code::config, "\"" + name + "\" is not a name")
                                 .cure("Names are letters, digits and \"_\"."));
    }
    const Secret secret(std::move(value));
    return changed(terminal, globals, name + " is kept.", [&](const config::SecretsFile& file) {
        return file.set(name, secret);
    });
}

int secrets_remove(Terminal& terminal, const Globals& globals, const std::string& name) {
    return changed(terminal, globals, name + " is gone.", [&](const config::SecretsFile& file) {
        return file.remove(name);
    });
}

int secrets_seal(Terminal& terminal, const Globals& globals) {
    return changed(
        terminal,
        globals,
        "The secrets file is sealed.",
        [](const config::SecretsFile& file) { return file.seal(); }
    );
}

int secrets_unseal(Terminal& terminal, const Globals& globals) {
    return changed(
        terminal,
        globals,
        "The secrets file is plain text again, readable by its owner only.",
        [](const config::SecretsFile& file) { return file.unseal(); }
    );
}

}  // namespace touchline::app
