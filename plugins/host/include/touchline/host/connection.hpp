// Connections: a connector with settings, behind the ports of ingest and deliver, in this process.
#pragma once

#include "touchline/deliver/destination.hpp"
#include "touchline/host/plugin_library.hpp"
#include "touchline/ingest/source.hpp"
#include "touchline/net/target_client.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace touchline::host {

struct ConnectionSetup {
    std::string id;               ///< for messages and the log
    std::string settings = "{}";  ///< a JSON object; secrets already replaced by opaque references
    std::map<std::string, net::Credentials>
        credentials;                       ///< by target; a target without one gets none
    std::filesystem::path base_directory;  ///< relative paths of file settings start here
    net::SendOptions send;                 ///< allow_private_network lives here
    net::RetryPolicy retry;
    std::shared_ptr<net::RateLimiter>
        limiter;  ///< shared by all connections of one account; may be null
};

/// Checks the settings, then creates the instance. The services outlive the source. Errors: config
/// (settings, a connector that is no source) and whatever the connector's create() says.
Result<std::unique_ptr<ingest::Source>> make_source(
    std::shared_ptr<const PluginLibrary> library,
    ConnectionSetup setup,
    net::TargetServices services
);
/// The same for a destination.
Result<std::unique_ptr<deliver::Destination>> make_destination(
    std::shared_ptr<const PluginLibrary> library,
    ConnectionSetup setup,
    net::TargetServices services
);

}  // namespace touchline::host
