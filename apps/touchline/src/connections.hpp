// Connections and destinations, opened: the connector loaded, its settings checked, its mappings
// compiled, its credentials in the host's hands.
#pragma once

#include "accounts.hpp"
#include "installation.hpp"

#include "touchline/base/guarded.hpp"
#include "touchline/config/problem.hpp"
#include "touchline/deliver/destination.hpp"
#include "touchline/host/connection.hpp"
#include "touchline/ingest/enricher.hpp"
#include "touchline/ingest/source.hpp"
#include "touchline/ingest/stream_plan.hpp"
#include "touchline/net/http_client.hpp"
#include "touchline/net/retry.hpp"
#include "touchline/net/row_client.hpp"
#include "touchline/net/stream_client.hpp"
#include "touchline/net/target_client.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace touchline::app {

struct OpenConnection {
    std::string id;
    ingest::ConnectionPlan plan;
    std::unique_ptr<ingest::Source> source;
    bool isolated = false;  ///< its connector lives in a process of its own
    std::map<std::string, std::filesystem::path> mapping_files;  ///< by stream
};

struct OpenDestination {
    std::string id;
    std::vector<std::string> types;  ///< of event to send, as config::DestinationConfig has them
    std::unique_ptr<deliver::Destination> destination;
};

/// A problem, and the text of the file that it is in (for its caret).
struct FileProblem {
    config::Problem problem;
    std::string source;
};

/// How an installation isolates connectors.
host::Isolation isolation_of(const config::Config& config);
/// The same for a connector with limits of its own.
host::Isolation isolation_of(const config::Config& config, const config::RunnerConfig& runner);

/// Opens connections of an installation. Outlives what it opens.
class Connector {
public:
    /// Looks for connectors. Error: config, unavailable (the HTTP client cannot be made).
    static Result<std::unique_ptr<Connector>> make(const Installation& installation);

    /// Null when there are problems; all of them are appended.
    std::unique_ptr<OpenConnection> open(
        const config::ConnectionConfig& connection, std::vector<FileProblem>& problems
    );
    std::unique_ptr<OpenDestination> open(
        const config::DestinationConfig& destination, std::vector<FileProblem>& problems
    );

    /// Where a connection's requests are heard of; any thread.
    std::shared_ptr<net::RequestLog> requests(const std::string& connection);
    /// The walls around isolated connectors on this machine, found out by trying once. Errors:
    /// config (there is no runner), unavailable.
    Result<std::vector<host::Wall>> walls();
    const std::vector<host::FoundPlugin>& plugins() const { return discovery_.plugins; }
    /// Files in the plugin folders that are no connectors, or not for this host.
    const std::vector<Error>& plugin_problems() const { return discovery_.problems; }

private:
    Connector(
        const Installation& installation,
        host::Discovery discovery,
        std::unique_ptr<net::HttpClient> http,
        std::unique_ptr<net::StreamClient> streams
    );

    /// A connector as one connection or destination uses it.
    struct Chosen {
        std::shared_ptr<const host::PluginFile> file;
        bool shipped = false;
        std::optional<host::Isolation> isolation;  ///< nothing: in this process
    };
    Result<Chosen> choose(
        const config::Placed<std::string>& plugin, const config::ConnectorRights& rights
    );
    Result<const host::FoundPlugin*> find(const std::string& plugin) const;
    /// What is the same for connections and destinations.
    host::ConnectionSetup prepare(
        const Chosen& chosen,
        const std::string& id,
        const std::string& settings,
        const std::string& complete_settings,
        const config::ConnectorRights& rights,
        const net::Credentials& credentials
    ) const;
    Result<std::unique_ptr<ingest::Source>> make_source(
        const Chosen& chosen, host::ConnectionSetup setup
    );
    Result<std::unique_ptr<ingest::Enricher>> make_enricher(
        const Chosen& chosen, host::ConnectionSetup setup
    );
    Result<std::unique_ptr<ingest::Source>> source_of(
        const Chosen& chosen,
        const config::ConnectionConfig& connection,
        const std::string& settings,
        const net::Credentials& credentials
    );
    Result<std::unique_ptr<deliver::Destination>> make_destination(
        const Chosen& chosen, host::ConnectionSetup setup
    );
    Result<net::Credentials> credentials(
        const config::ConnectionConfig& connection, const host::Manifest& manifest
    );
    Result<net::Credentials> credentials(const config::AuthConfig& auth) const;
    net::TargetServices services();

    const Installation& installation_;
    host::Discovery discovery_;
    std::unique_ptr<net::HttpClient> http_;
    std::unique_ptr<net::StreamClient> streams_;
    std::unique_ptr<net::RowClient> rows_;
    std::unique_ptr<net::Sleeper> sleeper_;
    Accounts accounts_;
    std::map<std::string, std::shared_ptr<const host::PluginFile>> files_;
    Guarded<std::map<std::string, std::shared_ptr<net::RequestLog>>> requests_;
    std::optional<std::vector<host::Wall>> walls_;
};

}  // namespace touchline::app
