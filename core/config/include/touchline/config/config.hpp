// The configuration of one installation, typed and checked. keys.hpp describes every key; load.hpp
// reads a file.
#pragma once

#include "touchline/base/time.hpp"
#include "touchline/config/secrets.hpp"
#include "touchline/config/units.hpp"
#include "touchline/model/identity.hpp"
#include "touchline/model/survivorship.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace touchline::config {

/// A value and where it stands, for what can only be checked later (does the plugin exist?).
template <typename T>
struct Placed {
    T value{};
    Place place;
};

struct ServerConfig {
    std::string listen = "127.0.0.1:8420";
    std::string public_url;  ///< empty: http:// and the address listened on
    SecretRef token;  ///< what API callers present; empty: no sign-in, allowed on loopback only
    std::vector<std::string> frames;   ///< origins of sites that may show the side panel in a frame
    std::vector<std::string> proxies;  ///< addresses whose X-Forwarded-For is believed
};

/// What a role may read.
struct RoleConfig {
    std::vector<std::string> departments;  ///< empty: all
    std::string up_to;                     ///< the highest privacy class; empty: the role's own
    std::vector<std::string> hide;         ///< contacts, amounts
    Place place;
};

/// The company's identity provider (OpenID Connect).
struct OidcConfig {
    std::string issuer, client_id;
    SecretRef secret;
    std::string scope = "openid profile email";
    std::string name = "Single sign-on";
    std::string role_claim = "roles";
    std::map<std::string, std::vector<std::string>> roles;  ///< a role, and the values that give it
    Place place;

    bool empty() const { return issuer.empty(); }
};

struct AccessConfig {
    std::chrono::milliseconds session_idle = std::chrono::hours(12);
    std::chrono::milliseconds session_longest = std::chrono::hours(24 * 7);
    std::map<std::string, RoleConfig> roles;  ///< agent, lead, integrator, admin
    OidcConfig oidc;
};

struct StorageConfig {
    std::filesystem::path dir;  ///< absolute, as every path here
    std::uint32_t cache_mib = 64;
};

/// What the process of one connector may use.
struct RunnerConfig {
    std::uint32_t memory_mib = 512;
    std::chrono::seconds processor{1800};  ///< processor time of one call
    std::chrono::seconds call{21'600};     ///< one call, from begin to end
    std::chrono::seconds silence{60};      ///< between two signs of life during a call
    std::chrono::seconds idle{60};         ///< without a call, it ends
    std::uint32_t crashes = 3;             ///< at one place, and the connection is suspended
};

/// What a connector may do beyond computing, and where it lives.
struct ConnectorRights {
    std::string isolation;           ///< process, none; empty: as IsolationConfig says
    std::vector<std::string> hosts;  ///< that it may reach beside those of its settings
    bool allow_private_network = false;
    bool allow_body_view = false;
    RunnerConfig runner;
};

/// Where connectors live that do not say so themselves, and the least that keeps them apart.
struct IsolationConfig {
    std::string shipped = "none";      ///< process, none
    std::vector<std::string> require;  ///< names of walls
    RunnerConfig runner;               ///< of those that say nothing else
};

/// Of connections whose auth is of kind oauth2.
struct OAuthConfig {
    std::string grant = "client-credentials";  ///< client-credentials, sign-in, jwt-bearer
    std::string token_url, authorize_url;
    std::string client_id;
    bool secret_in_body = true;
    std::string scope, audience, subject;
};

/// How the host signs in to the other system. The connector never sees the secret.
struct AuthConfig {
    /// none · bearer (Authorization: Bearer S) · bearer-proof (and its HMAC by the app's secret) ·
    /// token (Authorization: PREFIX S) · basic (user and S) · basic-key (S as the user) · header
    /// (NAME: PREFIX S) · query (?NAME=S) · oauth2 (tokens got with S) · session (got with user and
    /// S) · standard-webhooks (a signature with S; of destinations only)
    std::string kind = "none";
    std::string name;
    std::string prefix;
    std::string user;
    SecretRef secret;
    SecretRef app_secret;
    OAuthConfig oauth;
    Place place;
};

struct StreamConfig {
    std::chrono::milliseconds schedule = std::chrono::minutes(5);
    std::optional<Time> since;
    Placed<std::filesystem::path>
        mapping;          ///< empty: the connector's default mapping for the stream
    std::string key;      ///< JSON pointer; empty: as the connector declares it
    std::string version;  ///< JSON pointer; empty: as the connector declares it
    bool enabled = true;
    Place place;
};

struct WebhookConfig {
    std::string path;             ///< "/in/shop"
    std::string scheme = "none";  ///< none, token, hmac-sha256, standard-webhooks, or a vendor
    std::string header;           ///< which header carries the token or the signature
    SecretRef secret;
    Place place;
};

struct LimitsConfig {
    std::optional<Rate> requests;
    std::uint32_t daily = 0;        ///< 0: unlimited
    std::uint32_t at_once = 0;      ///< 0: unlimited
    std::uint32_t for_people = 20;  ///< percent
};

struct ConnectionConfig {
    std::string id;
    std::string account;  ///< whose limits and sign-in it shares; the id unless given
    Placed<std::string> plugin;
    Placed<std::string> department;  ///< an id of Config::departments, or empty
    std::string settings = "{}";     ///< a JSON object, for the connector
    Place settings_place;
    AuthConfig auth;
    ConnectorRights rights;
    LimitsConfig limits;
    std::map<std::string, StreamConfig> streams;
    std::optional<WebhookConfig> webhook;
    bool enabled = true;
    Place place;
};

struct DestinationConfig {
    std::string id;
    Placed<std::string> plugin;
    std::string settings = "{}";
    Place settings_place;
    AuthConfig auth;
    std::vector<std::string> types;  ///< types of event to send, "*" at the end allowed; empty: all
    ConnectorRights rights;
    bool enabled = true;
    Place place;
};

/// Who is one person where no identifier says so.
struct IdentityConfig {
    std::uint32_t join_from = 1, review_from = 0;  ///< bits
    std::uint32_t questions_per_customer = 3;
    Place place;
};

struct Config {
    std::filesystem::path
        folder;  ///< of the configuration file, absolute: what relative paths begin at
    int version = 1;
    std::string tenant = "default";
    std::string default_region;  ///< ISO 3166 ("BE"), for phone numbers without a country code; may
                                 ///< be empty
    std::filesystem::path phases_file;  ///< empty: the standard vocabulary
    ServerConfig server;
    AccessConfig access;
    StorageConfig storage;
    std::filesystem::path secrets_file;  ///< empty when there is none
    SecretRef secrets_key;               ///< what it is sealed under, if it is
    std::vector<std::filesystem::path> plugin_dirs;
    IsolationConfig isolation;
    std::map<std::string, std::string> departments;   ///< id to name
    std::vector<model::NamespaceSetting> namespaces;  ///< in the order of the file
    IdentityConfig identity;
    std::vector<Placed<model::FieldRule>> survivorship;
    std::map<std::string, ConnectionConfig> connections;
    std::map<std::string, DestinationConfig> destinations;
};

}  // namespace touchline::config
