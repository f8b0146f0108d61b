#include "connections.hpp"

#include "mapping_file.hpp"
#include "places.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/base/text.hpp"
#include "touchline/host/connection.hpp"
#include "touchline/host/settings.hpp"
#include "touchline/net/rate_limiter.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

FileProblem problem_at(const Place& place, const Error& error) {
    config::Problem problem = config::to_problem(error);
    if (!error.place()) problem.place = place;
    return {std::move(problem), ""};
}

std::shared_ptr<net::RateLimiter> limiter_for(
    const std::optional<config::Rate>& rate, const Clock& clock
) {
    if (!rate) return nullptr;
    net::RateLimit limit;
    limit.per_second = static_cast<double>(rate->count) / static_cast<double>(rate->per.count());
    limit.burst = static_cast<int>(std::max<std::uint32_t>(1, rate->count / 10));
    return std::make_shared<net::RateLimiter>(limit, clock);
}

/// The mapping that the configuration names, else the one that ships with the connector for this
/// stream.
std::filesystem::path mapping_path(
    const config::StreamConfig* stream, const host::PluginLibrary& library, const std::string& name
) {
    if (stream != nullptr && !stream->mapping.value.empty()) return stream->mapping.value;
    for (const std::filesystem::path& path : library.mappings()) {
        if (path.stem() == name) return path;
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Connector>> Connector::make(const Installation& installation) {
    std::vector<std::filesystem::path> directories = installation.config().plugin_dirs;
    directories.push_back(shipped_plugins());
    TOUCHLINE_TRY(auto http, net::make_http_client({}));
    return std::unique_ptr<Connector>(
        new Connector(installation, host::discover_plugins(directories), std::move(http))
    );
}

Connector::Connector(
    const Installation& installation,
    host::Discovery discovery,
    std::unique_ptr<net::HttpClient> http
)
    : installation_(installation),
      discovery_(std::move(discovery)),
      http_(std::move(http)),
      sleeper_(net::make_sleeper()) {}

Result<std::shared_ptr<const host::PluginLibrary>> Connector::library(
    const config::Placed<std::string>& plugin
) {
    if (const auto loaded = libraries_.find(plugin.value); loaded != libraries_.end())
        return loaded->second;
    std::vector<std::string_view> ids;
    for (const host::FoundPlugin& found : discovery_.plugins) {
        ids.push_back(found.manifest.id);
        if (found.manifest.id != plugin.value) continue;
        TOUCHLINE_TRY(auto library, host::PluginLibrary::load(found.file));
        return libraries_[plugin.value] = library;
    }
    Error error(Code::config, "there is no connector \"" + plugin.value + "\"");
    const std::string_view meant = closest(plugin.value, ids);
    if (!meant.empty())
        return std::move(error).cure("did you mean \"" + std::string(meant) + "\"?");
    return std::move(error).cure("see `touchline plugin list`");
}

Result<net::Credentials> Connector::credentials(const config::AuthConfig& auth) const {
    if (auth.kind == "none") return net::Credentials(net::NoCredentials{});
    TOUCHLINE_TRY(Secret secret, installation_.secrets().resolve(auth.secret));
    if (auth.kind == "bearer") return net::Credentials(net::BearerToken{std::move(secret)});
    if (auth.kind == "basic")
        return net::Credentials(net::BasicLogin{auth.user, std::move(secret)});
    if (auth.kind == "query") return net::Credentials(net::QueryKey{auth.name, std::move(secret)});
    if (auth.kind == "standard-webhooks") {
        std::vector<Secret> secrets;
        secrets.push_back(std::move(secret));
        return net::Credentials(net::WebhookSigning{std::move(secrets)});
    }
    const std::string name = auth.kind == "token" ? "Authorization" : auth.name;
    std::string prefix = auth.prefix.empty() && auth.kind == "token" ? "Token" : auth.prefix;
    if (!prefix.empty()) prefix.push_back(' ');
    return net::Credentials(net::HeaderKey{name, std::move(secret), std::move(prefix)});
}

net::TargetServices Connector::services() {
    return {*http_, installation_.clock(), *sleeper_, random_fraction};
}

std::unique_ptr<OpenConnection> Connector::open(
    const config::ConnectionConfig& connection, std::vector<FileProblem>& problems
) {
    auto library = this->library(connection.plugin);
    if (!library) {
        problems.push_back(problem_at(connection.plugin.place, library.error()));
        return nullptr;
    }
    const host::Manifest& manifest = (*library)->manifest();
    auto settings = host::complete_settings(manifest, connection.settings);
    if (!settings) {
        problems.push_back(problem_at(connection.settings_place, settings.error()));
        return nullptr;
    }
    if (auto fits = host::accept_credentials(manifest, connection.auth.kind); !fits) {
        problems.push_back(problem_at(
            connection.auth.place.line > 0 ? connection.auth.place : connection.place, fits.error()
        ));
        return nullptr;
    }
    auto credentials = this->credentials(connection.auth);
    if (!credentials) {
        problems.push_back(problem_at(connection.auth.place, credentials.error()));
        return nullptr;
    }
    host::ConnectionSetup setup;
    setup.id = connection.id;
    setup.settings = *settings;
    setup.base_directory = installation_.config().folder;
    setup.send.allow_private_network = connection.allow_private_network;
    setup.limiter = limiter_for(connection.request_limit, installation_.clock());
    for (const host::TargetDeclaration& target : manifest.targets)
        setup.credentials[target.name] = *credentials;
    auto source = host::make_source(*library, std::move(setup), services());
    if (!source) {
        problems.push_back(
            problem_at(connection.place, std::move(source).error().with(connection.id))
        );
        return nullptr;
    }

    auto open = std::make_unique<OpenConnection>();
    open->id = connection.id;
    open->source = std::move(source).value();
    open->plan.id = connection.id;
    open->plan.connector = manifest.id + "@" + manifest.version;
    open->plan.department = connection.department.value;
    if (auto document = json::Document::parse(*settings)) {
        open->plan.settings = std::make_shared<const json::Document>(std::move(*document));
    }
    const std::size_t problems_before = problems.size();
    std::vector<std::string_view> names;
    for (ingest::StreamInfo info : open->source->streams()) {
        const auto configured = connection.streams.find(info.name);
        const config::StreamConfig* stream =
            configured == connection.streams.end() ? nullptr : &configured->second;
        names.push_back(
            configured == connection.streams.end() ? std::string_view() : configured->first
        );
        if (stream != nullptr && !stream->enabled) continue;
        // Who names streams wants those; who names none wants all.
        if (stream == nullptr && !connection.streams.empty()) continue;
        if (stream != nullptr && !stream->key.empty()) info.key = stream->key;
        if (stream != nullptr && !stream->version.empty()) info.version = stream->version;
        const std::filesystem::path path = mapping_path(stream, **library, info.name);
        if (path.empty()) {
            const Error error =
                Error(Code::config, "the stream \"" + info.name + "\" has no mapping")
                    .cure("name one with `mapping:`");
            problems.push_back(
                problem_at(stream != nullptr ? stream->place : connection.place, error)
            );
            continue;
        }
        if (auto mapping = load_mapping(path, problems)) {
            open->plan.streams.push_back(
                {std::move(info), std::move(mapping->mapping), std::move(mapping->name)}
            );
        }
    }
    for (const auto& [name, stream] : connection.streams) {
        if (std::find(names.begin(), names.end(), name) != names.end()) continue;
        std::vector<std::string_view> offered;
        for (const ingest::StreamInfo& info : open->source->streams()) offered.push_back(info.name);
        Error error(Code::config, manifest.id + " has no stream \"" + name + "\"");
        const std::string_view meant = closest(name, offered);
        problems.push_back(problem_at(
            stream.place,
            meant.empty() ? std::move(error)
                          : std::move(error).cure("did you mean \"" + std::string(meant) + "\"?")
        ));
    }
    return problems.size() == problems_before ? std::move(open) : nullptr;
}

std::unique_ptr<OpenDestination> Connector::open(
    const config::DestinationConfig& destination, std::vector<FileProblem>& problems
) {
    auto library = this->library(destination.plugin);
    auto credentials = this->credentials(destination.auth);
    if (!library) problems.push_back(problem_at(destination.plugin.place, library.error()));
    if (!credentials) problems.push_back(problem_at(destination.auth.place, credentials.error()));
    if (!library || !credentials) return nullptr;
    const host::Manifest& manifest = (*library)->manifest();
    auto settings = host::complete_settings(manifest, destination.settings);
    if (!settings) {
        problems.push_back(problem_at(destination.settings_place, settings.error()));
        return nullptr;
    }
    if (auto fits = host::accept_credentials(manifest, destination.auth.kind); !fits) {
        problems.push_back(problem_at(
            destination.auth.place.line > 0 ? destination.auth.place : destination.place,
            fits.error()
        ));
        return nullptr;
    }
    host::ConnectionSetup setup;
    setup.id = destination.id;
    setup.settings = *settings;
    setup.base_directory = installation_.config().folder;
    setup.send.allow_private_network = destination.allow_private_network;
    for (const host::TargetDeclaration& target : manifest.targets)
        setup.credentials[target.name] = *credentials;
    auto made = host::make_destination(*library, std::move(setup), services());
    if (!made) {
        problems.push_back(
            problem_at(destination.place, std::move(made).error().with(destination.id))
        );
        return nullptr;
    }
    auto open = std::make_unique<OpenDestination>();
    open->id = destination.id;
    open->types = destination.types;
    open->destination = std::move(made).value();
    return open;
}

}  // namespace touchline::app
