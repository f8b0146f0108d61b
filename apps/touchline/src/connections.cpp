#include "connections.hpp"

#include "credentials.hpp"
#include "places.hpp"
#include "stream_plans.hpp"

#include "touchline/base/text.hpp"
#include "touchline/host/settings.hpp"
#include "touchline/ingest/enrichment_source.hpp"
#include "touchline/rows/postgresql.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

/// Says so when the connector does not sign in this way.
bool accepts(
    const host::Manifest& manifest,
    const config::AuthConfig& auth,
    const Place& otherwise,
    std::vector<FileProblem>& problems
) {
    const auto fits = host::accept_credentials(manifest, auth.kind);
    if (fits) return true;
    problems.push_back(problem_at(auth.place.line > 0 ? auth.place : otherwise, fits.error()));
    return false;
}

}  // namespace

host::Isolation isolation_of(const config::Config& config) {
    return isolation_of(config, config.isolation.runner);
}

host::Isolation isolation_of(const config::Config& config, const config::RunnerConfig& runner) {
    host::Isolation isolation;
    isolation.runner = runner_program();
    isolation.require = config.isolation.require;
    isolation.limits.memory_bytes = std::uint64_t{runner.memory_mib} << 20U;
    isolation.limits.processor = runner.processor;
    isolation.limits.call = runner.call;
    isolation.limits.silence = runner.silence;
    isolation.limits.idle = runner.idle;
    isolation.limits.crashes = static_cast<int>(runner.crashes);
    isolation.crash_reports = config.storage.dir / "crashes";
    return isolation;
}

Result<std::unique_ptr<Connector>> Connector::make(const Installation& installation) {
    std::vector<std::filesystem::path> directories = installation.config().plugin_dirs;
    directories.push_back(shipped_plugins());
    TOUCHLINE_TRY(auto http, net::make_http_client({}));
    TOUCHLINE_TRY(auto streams, net::make_stream_client({}));
    return std::unique_ptr<Connector>(new Connector(
        installation, host::discover_plugins(directories), std::move(http), std::move(streams)
    ));
}

Connector::Connector(
    const Installation& installation,
    host::Discovery discovery,
    std::unique_ptr<net::HttpClient> http,
    std::unique_ptr<net::StreamClient> streams
)
    : installation_(installation),
      discovery_(std::move(discovery)),
      http_(std::move(http)),
      streams_(std::move(streams)),
      rows_(rows::make_postgresql_client()),
      sleeper_(net::make_sleeper()),
      accounts_(installation.config(), installation.secrets(), *http_, installation.clock()) {}

Result<const host::FoundPlugin*> Connector::find(const std::string& plugin) const {
    std::vector<std::string_view> ids;
    for (const host::FoundPlugin& found : discovery_.plugins) {
        if (found.manifest.id == plugin) return &found;
        ids.push_back(found.manifest.id);
    }
    Error error(Code::config, "there is no connector \"" + plugin + "\"");
    const std::string_view meant = closest(plugin, ids);
    if (!meant.empty())
        return std::move(error).cure("did you mean \"" + std::string(meant) + "\"?");
    return std::move(error).cure("see `touchline plugin list`");
}

Result<Connector::Chosen> Connector::choose(
    const config::Placed<std::string>& plugin, const config::ConnectorRights& rights
) {
    TOUCHLINE_TRY(const host::FoundPlugin* const found, find(plugin.value));
    Chosen chosen;
    chosen.shipped = found->file.parent_path() == shipped_plugins();
    const std::string& shipped = installation_.config().isolation.shipped;
    const std::string& where = !rights.isolation.empty() ? rights.isolation
                               : chosen.shipped          ? shipped
                                                         : "process";
    if (where != "none") chosen.isolation = isolation_of(installation_.config(), rights.runner);
    auto& file = files_[plugin.value];
    if (!file) {
        TOUCHLINE_TRY(file, host::PluginFile::open(found->file));
    }
    chosen.file = file;
    return chosen;
}

std::shared_ptr<net::RequestLog> Connector::requests(const std::string& connection) {
    return requests_.with([&](auto& logs) {
        auto& log = logs[connection];
        if (log == nullptr) log = std::make_shared<net::RequestLog>();
        return log;
    });
}

Result<std::vector<host::Wall>> Connector::walls() {
    if (!walls_) {
        TOUCHLINE_TRY(walls_, host::probe_walls(isolation_of(installation_.config())));
    }
    return *walls_;
}

host::ConnectionSetup Connector::prepare(
    const Chosen& chosen,
    const std::string& id,
    const std::string& settings,
    const std::string& complete_settings,
    const config::ConnectorRights& rights,
    const net::Credentials& credentials
) const {
    host::ConnectionSetup setup;
    setup.id = id;
    setup.settings = complete_settings;
    setup.base_directory = installation_.config().folder;
    setup.send.allow_private_network = rights.allow_private_network;
    for (const host::TargetDeclaration& target : chosen.file->manifest().targets)
        setup.credentials[target.name] = credentials;
    if (chosen.shipped) return setup;
    // Not the completed settings: their defaults are the connector's author's.
    setup.hosts = host::hosts_in(settings);
    setup.hosts->insert(setup.hosts->end(), rights.hosts.begin(), rights.hosts.end());
    setup.allow_body_view = rights.allow_body_view;
    return setup;
}

Result<net::Credentials> Connector::credentials(
    const config::ConnectionConfig& connection, const host::Manifest& manifest
) {
    if (connection.auth.kind == "session" && manifest.session) {
        TOUCHLINE_TRY(auto session, accounts_.session(connection, *manifest.session));
        return net::Credentials(net::InSession{std::move(session)});
    }
    if (connection.auth.kind != "oauth2") return credentials(connection.auth);
    TOUCHLINE_TRY(auto sign_in, accounts_.sign_in(connection));
    return net::Credentials(net::SignedIn{std::move(sign_in), connection.auth.user});
}

Result<net::Credentials> Connector::credentials(const config::AuthConfig& auth) const {
    if (auth.kind == "none") return net::Credentials(net::NoCredentials{});
    TOUCHLINE_TRY(Secret secret, installation_.secrets().resolve(auth.secret));
    Secret app_secret;
    if (auth.kind == "bearer-proof") {
        TOUCHLINE_TRY(app_secret, installation_.secrets().resolve(auth.app_secret));
    }
    return make_credentials(auth, std::move(secret), std::move(app_secret));
}

net::TargetServices Connector::services() {
    return {*http_, installation_.clock(), *sleeper_, random_fraction, streams_.get(), rows_.get()};
}

Result<std::unique_ptr<ingest::Source>> Connector::make_source(
    const Chosen& chosen, host::ConnectionSetup setup
) {
    const host::Manifest& manifest = chosen.file->manifest();
    if (manifest.can("tl.enricher/1") && !manifest.can("tl.source/1")) {
        TOUCHLINE_TRY(auto enricher, make_enricher(chosen, std::move(setup)));
        return ingest::make_enrichment_source(
            std::move(enricher),
            {manifest.asks},
            installation_.environment().store,
            installation_.clock()
        );
    }
    if (chosen.isolation)
        return host::make_source(chosen.file, *chosen.isolation, std::move(setup), services());
    TOUCHLINE_TRY(auto library, host::PluginLibrary::load(chosen.file->path()));
    return host::make_source(std::move(library), std::move(setup), services());
}

Result<std::unique_ptr<ingest::Enricher>> Connector::make_enricher(
    const Chosen& chosen, host::ConnectionSetup setup
) {
    if (chosen.isolation)
        return host::make_enricher(chosen.file, *chosen.isolation, std::move(setup), services());
    TOUCHLINE_TRY(auto library, host::PluginLibrary::load(chosen.file->path()));
    return host::make_enricher(std::move(library), std::move(setup), services());
}

Result<std::unique_ptr<deliver::Destination>> Connector::make_destination(
    const Chosen& chosen, host::ConnectionSetup setup
) {
    if (chosen.isolation)
        return host::make_destination(chosen.file, *chosen.isolation, std::move(setup), services());
    TOUCHLINE_TRY(auto library, host::PluginLibrary::load(chosen.file->path()));
    return host::make_destination(std::move(library), std::move(setup), services());
}

Result<std::unique_ptr<ingest::Source>> Connector::source_of(
    const Chosen& chosen,
    const config::ConnectionConfig& connection,
    const std::string& settings,
    const net::Credentials& credentials
) {
    host::ConnectionSetup setup = prepare(
        chosen, connection.id, connection.settings, settings, connection.rights, credentials
    );
    setup.limiter = accounts_.limiter(connection);
    setup.requests = requests(connection.id);
    return make_source(chosen, std::move(setup));
}

std::unique_ptr<OpenConnection> Connector::open(
    const config::ConnectionConfig& connection, std::vector<FileProblem>& problems
) {
    const auto complain = [&](const Place& place, const Error& error) {
        problems.push_back(problem_at(place, error));
        return nullptr;
    };
    const auto chosen = choose(connection.plugin, connection.rights);
    if (!chosen) return complain(connection.plugin.place, chosen.error());
    const host::Manifest& manifest = chosen->file->manifest();
    const auto settings = host::complete_settings(manifest, connection.settings);
    if (!settings) return complain(connection.settings_place, settings.error());
    if (!accepts(manifest, connection.auth, connection.place, problems)) return nullptr;
    const auto credentials = this->credentials(connection, manifest);
    if (!credentials) return complain(connection.auth.place, credentials.error());
    auto source = source_of(*chosen, connection, *settings, *credentials);
    if (!source) return complain(connection.place, std::move(source).error().with(connection.id));

    auto open = std::make_unique<OpenConnection>();
    open->id = connection.id;
    open->source = std::move(source).value();
    open->isolated = chosen->isolation.has_value();
    open->plan.id = connection.id;
    open->plan.connector = manifest.id + "@" + manifest.version;
    open->plan.department = connection.department.value;
    if (auto document = json::Document::parse(*settings)) {
        open->plan.settings = std::make_shared<const json::Document>(std::move(*document));
    }
    const std::size_t problems_before = problems.size();
    plan_streams(connection, *chosen->file, *open, problems);
    check_stream_names(connection, manifest.id, open->source->streams(), problems);
    return problems.size() == problems_before ? std::move(open) : nullptr;
}

std::unique_ptr<OpenDestination> Connector::open(
    const config::DestinationConfig& destination, std::vector<FileProblem>& problems
) {
    const auto chosen = choose(destination.plugin, destination.rights);
    auto credentials = this->credentials(destination.auth);
    if (!chosen) problems.push_back(problem_at(destination.plugin.place, chosen.error()));
    if (!credentials) problems.push_back(problem_at(destination.auth.place, credentials.error()));
    if (!chosen || !credentials) return nullptr;
    const host::Manifest& manifest = chosen->file->manifest();
    auto settings = host::complete_settings(manifest, destination.settings);
    if (!settings) {
        problems.push_back(problem_at(destination.settings_place, settings.error()));
        return nullptr;
    }
    if (!accepts(manifest, destination.auth, destination.place, problems)) return nullptr;
    auto made = make_destination(
        *chosen,
        prepare(
            *chosen,
            destination.id,
            destination.settings,
            *settings,
            destination.rights,
            *credentials
        )
    );
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
