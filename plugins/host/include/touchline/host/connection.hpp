// Connections: a connector with settings, behind the ports of ingest and deliver. In this process,
// for connectors that are trusted like Touchline itself and for debugging; or isolated in a runner.
#pragma once

#include "touchline/deliver/destination.hpp"
#include "touchline/host/isolation.hpp"
#include "touchline/host/plugin_file.hpp"
#include "touchline/host/plugin_library.hpp"
#include "touchline/ingest/enricher.hpp"
#include "touchline/ingest/source.hpp"
#include "touchline/net/target_client.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::host {

struct ConnectionSetup {
    std::string id;               ///< for messages and the log
    std::string settings = "{}";  ///< a JSON object; secrets already replaced by opaque references
    std::map<std::string, net::Credentials>
        credentials;                       ///< by target; a target without one gets none
    std::filesystem::path base_directory;  ///< relative paths of file settings start here
    /// Hosts that targets may have ("api.example.com", "*.example.com"); nothing: any.
    std::optional<std::vector<std::string>> hosts;
    bool allow_body_view = true;  ///< whether a connector that needs it may look at records
    net::SendOptions send;        ///< allow_private_network lives here
    net::RetryPolicy retry;
    std::shared_ptr<net::RateLimiter>
        limiter;  ///< shared by all connections of one account; may be null
    std::shared_ptr<net::RequestLog> requests;  ///< hears of each request; may be null
};

/// The hosts that a connection's own settings name: whoever wrote them allowed these.
std::vector<std::string> hosts_in(std::string_view settings_json);

/// Checks the settings, then creates the instance. The services outlive the source. Errors: config
/// (settings, a connector that is no source) and whatever the connector's create() says.
Result<std::unique_ptr<ingest::Source>> make_source(
    std::shared_ptr<const PluginLibrary> library,
    ConnectionSetup setup,
    net::TargetServices services
);
/// The same, isolated: the connector's code runs in a runner of its own. Errors beside: denied (a
/// wall that is required does not stand), and what a crash of the runner means: retry, or config
/// once it is suspended.
Result<std::unique_ptr<ingest::Source>> make_source(
    std::shared_ptr<const PluginFile> file,
    Isolation isolation,
    ConnectionSetup setup,
    net::TargetServices services
);

/// The same two for a destination.
Result<std::unique_ptr<deliver::Destination>> make_destination(
    std::shared_ptr<const PluginLibrary> library,
    ConnectionSetup setup,
    net::TargetServices services
);
Result<std::unique_ptr<deliver::Destination>> make_destination(
    std::shared_ptr<const PluginFile> file,
    Isolation isolation,
    ConnectionSetup setup,
    net::TargetServices services
);

/// And for an enricher.
Result<std::unique_ptr<ingest::Enricher>> make_enricher(
    std::shared_ptr<const PluginLibrary> library,
    ConnectionSetup setup,
    net::TargetServices services
);
Result<std::unique_ptr<ingest::Enricher>> make_enricher(
    std::shared_ptr<const PluginFile> file,
    Isolation isolation,
    ConnectionSetup setup,
    net::TargetServices services
);

}  // namespace touchline::host
