#include "read.hpp"

#include "namespaces.hpp"
#include "reader.hpp"

namespace touchline::config {
namespace {

using json::Node;

std::filesystem::path absolute(const std::filesystem::path& folder, const std::string& path) {
    if (path.empty()) return {};
    return (folder / path).lexically_normal();
}

std::string settings_of(const Reader& entry) {
    const Node* node = entry.get("settings");
    return node != nullptr && node->is_mapping() ? node->to_json() : "{}";
}

Place settings_place(const Reader& entry) {
    const Node* node = entry.get("settings");
    return node != nullptr ? node->place() : entry.place();
}

AuthConfig read_auth(const Reader& auth) {
    AuthConfig read;
    read.kind = auth.text("kind", "none");
    read.name = auth.text("name");
    read.prefix = auth.text("prefix");
    read.user = auth.text("user");
    read.secret = auth.secret("secret");
    read.app_secret = auth.secret("app_secret");
    read.oauth.grant = auth.text("grant", read.oauth.grant);
    read.oauth.token_url = auth.text("token_url");
    read.oauth.authorize_url = auth.text("authorize_url");
    read.oauth.client_id = auth.text("client_id");
    read.oauth.secret_in_body = auth.text("client_auth", "body") == "body";
    read.oauth.scope = auth.text("scope");
    read.oauth.audience = auth.text("audience");
    read.oauth.subject = auth.text("subject");
    read.place = auth.place();
    return read;
}

LimitsConfig read_limits(const Reader& limits) {
    LimitsConfig read;
    read.requests = limits.parsed("requests", parse_rate);
    read.daily = limits.count("daily", read.daily);
    read.at_once = limits.count("at_once", read.at_once);
    read.for_people = limits.count("for_people", read.for_people);
    return read;
}

StreamConfig read_stream(
    const Reader& stream, const Place& place, const std::filesystem::path& folder
) {
    StreamConfig read;
    read.schedule = stream.parsed("schedule", parse_duration).value_or(read.schedule);
    read.since = stream.parsed("since", parse_since);
    const Placed<std::string> mapping = stream.placed("mapping");
    read.mapping = {absolute(folder, mapping.value), mapping.place};
    read.key = stream.text("key");
    read.version = stream.text("version");
    read.enabled = stream.flag("enabled", true);
    read.place = place;
    return read;
}

WebhookConfig read_webhook(const Reader& webhook) {
    const Reader verify = webhook.in("verify");
    WebhookConfig read;
    read.path = webhook.text("path");
    read.scheme = verify.text("scheme", "none");
    read.header = verify.text("header");
    read.secret = verify.secret("secret");
    read.place = webhook.place();
    return read;
}

/// What is left out is as in `otherwise`.
RunnerConfig read_runner(const Reader& runner, const RunnerConfig& otherwise) {
    const auto seconds = [&](std::string_view key, std::chrono::seconds fallback) {
        return std::chrono::seconds(runner.count(key, static_cast<std::uint32_t>(fallback.count()))
        );
    };
    RunnerConfig read;
    read.memory_mib = runner.count("memory_mib", otherwise.memory_mib);
    read.processor = seconds("processor_seconds", otherwise.processor);
    read.call = seconds("call_seconds", otherwise.call);
    read.silence = seconds("silence_seconds", otherwise.silence);
    read.idle = seconds("idle_seconds", otherwise.idle);
    read.crashes = runner.count("crashes", otherwise.crashes);
    return read;
}

ConnectorRights read_rights(const Reader& entry, const RunnerConfig& runner) {
    ConnectorRights read;
    read.isolation = entry.text("isolation");
    read.hosts = entry.texts("hosts");
    read.allow_private_network = entry.flag("allow_private_network", false);
    read.allow_body_view = entry.flag("allow_body_view", false);
    read.runner = read_runner(entry.in("runner"), runner);
    return read;
}

ConnectionConfig read_connection(
    const Reader& entry, const std::filesystem::path& folder, const RunnerConfig& runner
) {
    ConnectionConfig read;
    read.account = entry.text("account");
    read.plugin = entry.placed("plugin");
    read.department = entry.placed("department");
    read.settings = settings_of(entry);
    read.settings_place = settings_place(entry);
    read.auth = read_auth(entry.in("auth"));
    read.rights = read_rights(entry, runner);
    read.limits = read_limits(entry.in("limits"));
    entry.in("streams").each([&](const std::string& name, const Reader& stream, const Place& place
                             ) {
        read.streams.insert_or_assign(name, read_stream(stream, place, folder));
    });
    if (const Reader webhook = entry.in("webhook"); webhook.get("path") != nullptr) {
        read.webhook = read_webhook(webhook);
    }
    read.enabled = entry.flag("enabled", true);
    return read;
}

DestinationConfig read_destination(const Reader& entry, const RunnerConfig& runner) {
    DestinationConfig read;
    read.plugin = entry.placed("plugin");
    read.settings = settings_of(entry);
    read.settings_place = settings_place(entry);
    read.auth = read_auth(entry.in("auth"));
    read.types = entry.texts("types");
    read.rights = read_rights(entry, runner);
    read.enabled = entry.flag("enabled", true);
    return read;
}

IdentityConfig read_identity(const Reader& identity) {
    IdentityConfig read;
    read.join_from = identity.count("join_from", read.join_from);
    read.review_from = identity.count("review_from", read.review_from);
    read.questions_per_customer =
        identity.count("questions_per_customer", read.questions_per_customer);
    read.place = identity.place();
    return read;
}

RoleConfig read_role(const Reader& role, const Place& place) {
    return {role.texts("departments"), role.text("up_to"), role.texts("hide"), place};
}

AccessConfig read_access(const Reader& access) {
    AccessConfig read;
    read.session_idle = access.parsed("session_idle", parse_duration).value_or(read.session_idle);
    read.session_longest =
        access.parsed("session_longest", parse_duration).value_or(read.session_longest);
    access.in("roles").each([&](const std::string& name, const Reader& role, const Place& place) {
        read.roles.insert_or_assign(name, read_role(role, place));
    });
    const Reader oidc = access.in("oidc");
    read.oidc.issuer = oidc.text("issuer");
    read.oidc.client_id = oidc.text("client_id");
    read.oidc.secret = oidc.secret("secret");
    read.oidc.scope = oidc.text("scope", read.oidc.scope);
    read.oidc.name = oidc.text("name", read.oidc.name);
    read.oidc.role_claim = oidc.text("role_claim", read.oidc.role_claim);
    oidc.in("roles").each([&](const std::string& name, const Reader&, const Place&) {
        read.oidc.roles.insert_or_assign(name, oidc.in("roles").texts(name));
    });
    read.oidc.place = oidc.place();
    return read;
}

}  // namespace

Config read(const Node& root, const std::filesystem::path& folder) {
    const Reader file(&root);
    Config config;
    config.folder = folder;
    config.tenant = file.text("tenant", config.tenant);
    config.default_region = file.text("default_region");
    config.phases_file = absolute(folder, file.text("phases"));

    const Reader server = file.in("server");
    config.server.listen = server.text("listen", config.server.listen);
    config.server.public_url = server.text("public_url");
    config.server.token = server.secret("token");
    config.server.frames = server.texts("frames");
    config.server.proxies = server.texts("proxies");
    config.access = read_access(file.in("access"));

    const Reader storage = file.in("storage");
    config.storage.dir = absolute(folder, storage.text("dir", "data"));
    config.storage.cache_mib = storage.count("cache_mib", config.storage.cache_mib);
    config.secrets_file = absolute(folder, file.in("secrets").text("file"));
    config.secrets_key = file.in("secrets").secret("key");
    for (const std::string& dir : file.in("plugins").texts("dirs")) {
        config.plugin_dirs.push_back(absolute(folder, dir));
    }

    const Reader isolation = file.in("isolation");
    config.isolation.shipped = isolation.text("shipped", config.isolation.shipped);
    config.isolation.require = isolation.texts("require");
    config.isolation.runner = read_runner(isolation, config.isolation.runner);

    file.in("departments").each([&](const std::string& id, const Reader&, const Place&) {
        config.departments.insert_or_assign(id, file.in("departments").text(id));
    });
    config.namespaces = read_namespaces(file.in("namespaces"));
    config.identity = read_identity(file.in("identity"));
    config.survivorship = read_survivorship(file.in("survivorship"));
    file.in("connections")
        .each([&](const std::string& id, const Reader& entry, const Place& place) {
            ConnectionConfig connection = read_connection(entry, folder, config.isolation.runner);
            connection.id = id;
            if (connection.account.empty()) connection.account = id;
            connection.place = place;
            config.connections.insert_or_assign(id, std::move(connection));
        });
    file.in("destinations")
        .each([&](const std::string& id, const Reader& entry, const Place& place) {
            DestinationConfig destination = read_destination(entry, config.isolation.runner);
            destination.id = id;
            destination.place = place;
            config.destinations.insert_or_assign(id, std::move(destination));
        });
    return config;
}

}  // namespace touchline::config
