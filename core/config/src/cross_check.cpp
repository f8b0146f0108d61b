#include "check.hpp"
#include "key_tree.hpp"
#include "mask.hpp"
#include "read.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <array>

namespace touchline::config {
namespace {

using json::Node;

class CrossCheck {
public:
    CrossCheck(const Config& config, std::vector<Problem>& problems)
        : config_(config), problems_(problems) {}

    void server(const Node& root) {
        const Node* server = root.get("server");
        const Node* listen = server == nullptr ? nullptr : server->get("listen");
        const std::string& address = config_.server.listen;
        if (listen == nullptr || server->get("token") != nullptr || !config_.access.oidc.empty() ||
            !check_address(address))
            return;
        for (const std::string_view loopback : {"127.", "localhost:", "[::1]:"}) {
            if (address.starts_with(loopback)) return;
        }
        add(listen->place(),
            shown_length(*listen),
            "server.listen is open to other machines, but anybody could read everything",
            "set server.token, or listen on 127.0.0.1",
            "server.token");
    }

    void frames(const Node& root) {
        const Node* list = json_list(root, "server", "frames");
        if (list == nullptr) return;
        for (const Node& site : list->items) {
            const bool has_scheme =
                site.text.starts_with("https://") || site.text.starts_with("http://");
            // What ends a directive of the policy that it becomes part of, or begins a path.
            const std::size_t host = site.text.find("://") + 3;
            if (has_scheme && site.text.find_first_of(" ;,'\"/\\", host) == std::string::npos)
                continue;
            add(site.place(),
                shown_length(site),
                "server.frames: " + site.text + " is not a site",
                "write only scheme and host, for example https://helpdesk.example",
                "server.frames");
        }
    }

    void access(const AccessConfig& access) {
        for (const auto& [name, role] : access.roles) {
            role_name(name, role.place, "access.roles");
            for (const std::string& department : role.departments) {
                if (config_.departments.contains(department)) continue;
                add(role.place,
                    static_cast<int>(count_code_points(name)),
                    "access.roles." + name + ": there is no department \"" + department + "\"",
                    "name keys of departments",
                    "access.roles.*.departments");
            }
        }
        if (access.oidc.empty()) return;
        for (const auto& entry : access.oidc.roles)
            role_name(entry.first, access.oidc.place, "access.oidc.roles");
        secret(access.oidc.secret, "access.oidc.secret");
        if (!access.oidc.roles.empty()) return;
        add(access.oidc.place,
            1,
            "access.oidc gives nobody a role, so nobody comes in by it",
            "for example: roles: {admin: [it], agent: [support]}",
            "access.oidc.roles",
            Severity::warning);
    }

    void connection(const Node& entry, const ConnectionConfig& connection) {
        const std::string shown = "connections." + connection.id;
        department(connection, shown);
        auth(entry.get("auth"), connection.auth, shown, "connections.*");
        settings(entry.get("settings"), shown, "connections.*");
        if (connection.webhook) webhook(*connection.webhook, shown);
    }

    void destination(const Node& entry, const DestinationConfig& destination) {
        const std::string shown = "destinations." + destination.id;
        auth(entry.get("auth"), destination.auth, shown, "destinations.*");
        settings(entry.get("settings"), shown, "destinations.*");
        types(entry.get("types"), shown);
    }

    /// What is asked has to be less sure than what joins.
    void identity() {
        const IdentityConfig& identity = config_.identity;
        if (identity.review_from <= identity.join_from) return;
        add(identity.place,
            1,
            "identity.review_from is above join_from, so nothing would be asked",
            "set it to at most " + std::to_string(identity.join_from),
            "identity.review_from");
    }

    void survivorship(const Placed<model::FieldRule>& rule) {
        const std::string& field = rule.value.field;
        const std::string shown = "survivorship." + (field == "*" ? "default" : field);
        needed(
            rule.value.strategy != model::Survival::source_order || !rule.value.sources.empty(),
            rule.place,
            shown + " by source_order needs sources",
            "sources: [crm, helpdesk]",
            "survivorship.*.sources"
        );
        std::vector<std::string_view> known;
        for (const auto& entry : config_.connections) known.push_back(entry.first);
        for (const std::string& source : rule.value.sources) {
            if (config_.connections.contains(source)) continue;
            const std::string_view meant = closest(source, known);
            add(rule.place,
                static_cast<int>(count_code_points(field)),
                shown + ".sources: there is no connection \"" + source + "\"",
                meant.empty() ? "name connections of this file"
                              : "did you mean \"" + std::string(meant) + "\"?",
                "survivorship.*.sources");
        }
    }

private:
    void add(
        const Place& place,
        int length,
        std::string message,
        std::string cure,
        std::string key,
        Severity severity = Severity::error
    ) {
        problems_.push_back(
            {severity, place, length, std::move(message), std::move(cure), std::move(key)}
        );
    }

    static const Node* json_list(const Node& root, std::string_view section, std::string_view key) {
        const Node* map = root.get(section);
        return map == nullptr ? nullptr : map->get(key);
    }

    void role_name(const std::string& name, const Place& place, const std::string& shown) {
        constexpr std::array<std::string_view, 4> k_roles{"agent", "lead", "integrator", "admin"};
        if (std::find(k_roles.begin(), k_roles.end(), name) != k_roles.end()) return;
        const std::string_view meant = closest(name, k_roles);
        add(place,
            static_cast<int>(count_code_points(name)),
            shown + ": there is no role \"" + name + "\"",
            meant.empty() ? "roles are agent, lead, integrator and admin"
                          : "did you mean \"" + std::string(meant) + "\"?",
            shown);
    }

    void department(const ConnectionConfig& connection, const std::string& shown) {
        const auto& [id, place] = connection.department;
        if (id.empty() || config_.departments.contains(id)) return;
        std::vector<std::string_view> known;
        for (const auto& entry : config_.departments) known.push_back(entry.first);
        const std::string_view meant = closest(id, known);
        add(place,
            static_cast<int>(count_code_points(id)),
            shown + ".department: there is no department \"" + id + "\"",
            meant.empty() ? "add it under departments"
                          : "did you mean \"" + std::string(meant) + "\"?",
            "departments");
    }

    void needed(
        bool given,
        const Place& place,
        const std::string& what,
        const std::string& example,
        const std::string& key
    ) {
        if (given) return;
        add(place, 1, what, "add it, for example: " + example, key);
    }

    void auth(
        const Node* node, const AuthConfig& auth, const std::string& shown, const std::string& path
    ) {
        if (node == nullptr || auth.kind == "none" || !is_choice(path + ".auth.kind", auth.kind))
            return;
        const auto need = [&](std::string_view key, std::string_view what, std::string_view example
                          ) {
            needed(
                node->get(key) != nullptr,
                auth.place,
                shown + ".auth of kind " + auth.kind + " needs " + std::string(what),
                std::string(example),
                path + ".auth." + std::string(key)
            );
        };
        need("secret", "a secret", "secret: \"${secret:NAME}\"");
        if (auth.kind == "bearer-proof")
            need("app_secret", "an app_secret", "app_secret: \"${secret:APP_SECRET}\"");
        if (auth.kind == "basic" || auth.kind == "session")
            need("user", "a user", "user: touchline");
        if (auth.kind == "header") need("name", "the header's name", "name: X-Api-Key");
        if (auth.kind == "query") need("name", "the parameter's name", "name: api_key");
        if (auth.kind == "oauth2") {
            need("token_url", "a token_url", "token_url: https://login.example/oauth/token");
            need("client_id", "a client_id", "client_id: touchline");
            if (auth.oauth.grant == "sign-in")
                need(
                    "authorize_url",
                    "an authorize_url",
                    "authorize_url: https://login.example/authorize"
                );
            if (auth.oauth.grant == "jwt-bearer") {
                need("audience", "an audience", "audience: https://login.salesforce.com");
                need("subject", "a subject", "subject: integration@acme.example");
            }
        }
        secret(auth.secret, path + ".auth.secret");
        secret(auth.app_secret, path + ".auth.app_secret");
    }

    static bool is_choice(std::string_view key, std::string_view word) {
        const auto words = split_words(find_key(key)->choices);
        return std::find(words.begin(), words.end(), word) != words.end();
    }

    void secret(const SecretRef& ref, const std::string& key) {
        if (ref.from != SecretRef::From::file || !config_.secrets_file.empty()) return;
        add(ref.place,
            static_cast<int>(ref.name.size()) + 12,
            "${secret:" + ref.name + "} is used, but there is no secrets file",
            "add at the top: secrets: {file: secrets.env}",
            key);
    }

    /// Connectors never see secrets, so none may hide in what is handed to them.
    void settings(const Node* node, const std::string& shown, const std::string& path) {
        if (node == nullptr) return;
        for (const Node& item : node->items) settings(&item, shown, path);
        for (const auto& [key, value] : node->members) {
            if (looks_secret(key.text) && value.is_scalar() && !value.text.empty()) {
                add(key.place(),
                    shown_length(key),
                    shown + ".settings." + key.text + " looks like a secret",
                    "connectors never see secrets: move it to auth",
                    path + ".auth.secret",
                    is_reference(value) ? Severity::error : Severity::warning);
            } else if (is_reference(value)) {
                add(value.place(),
                    shown_length(value),
                    shown + ".settings." + key.text + " refers to a secret",
                    "connectors never see secrets: move it to auth",
                    path + ".auth.secret");
            }
            settings(&value, shown, path);
        }
    }

    void types(const Node* node, const std::string& shown) {
        if (node == nullptr) return;
        for (const Node& type : node->items) {
            if (type.text.find('*') >= type.text.size() - 1) continue;
            add(type.place(),
                shown_length(type),
                shown + ".types: * stands for any ending, so it goes last",
                "for example touchline.customer.*",
                "destinations.*.types");
        }
    }

    static bool is_reference(const Node& value) {
        return value.is_scalar() && (value.text.find("${secret:") != std::string::npos ||
                                     value.text.find("${env:") != std::string::npos);
    }

    void webhook(const WebhookConfig& webhook, const std::string& shown) {
        const std::string begin = shown + ".webhook";
        if (const auto [other, is_new] = webhook_paths_.emplace(webhook.path, shown); !is_new) {
            add(webhook.place,
                1,
                begin + ".path is that of " + other->second + " too",
                "give each its own path",
                "connections.*.webhook.path");
        }
        if (webhook.scheme == "none") {
            add(webhook.place,
                1,
                begin + " takes calls from anybody who knows its path",
                "add verify: {scheme: hmac-sha256, header: X-Signature, secret: "
                "\"${secret:NAME}\"}",
                "connections.*.webhook.verify",
                Severity::warning);
            return;
        }
        const std::string key = "connections.*.webhook.verify";
        if (!is_choice(key + ".scheme", webhook.scheme)) return;
        needed(
            !webhook.secret.empty(),
            webhook.place,
            begin + ".verify needs a secret",
            "secret: \"${secret:NAME}\"",
            key + ".secret"
        );
        if (webhook.scheme == "token" || webhook.scheme == "hmac-sha256") {
            needed(
                !webhook.header.empty(),
                webhook.place,
                begin + ".verify needs the header's name",
                "header: X-Signature",
                key + ".header"
            );
        }
        secret(webhook.secret, key + ".secret");
    }

    const Config& config_;
    std::vector<Problem>& problems_;
    std::map<std::string, std::string> webhook_paths_;
};

const Node* entry_of(const Node& root, std::string_view section, const std::string& id) {
    const Node* map = root.get(section);
    return map == nullptr ? nullptr : map->get(id);
}

}  // namespace

void cross_check(const Node& root, const Config& config, std::vector<Problem>& problems) {
    CrossCheck check(config, problems);
    check.server(root);
    check.identity();
    for (const auto& rule : config.survivorship) check.survivorship(rule);
    check.frames(root);
    check.access(config.access);
    for (const auto& [id, connection] : config.connections) {
        check.connection(*entry_of(root, "connections", id), connection);
    }
    for (const auto& [id, destination] : config.destinations) {
        check.destination(*entry_of(root, "destinations", id), destination);
    }
}

}  // namespace touchline::config
