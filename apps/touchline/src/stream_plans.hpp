// Which streams of an open connection are read, and with which mappings.
#pragma once

#include "connections.hpp"

namespace touchline::app {

/// A problem at its own place, or at `place` where it has none.
FileProblem problem_at(const Place& place, const Error& error);

/// Adds the streams that are read to the plan, each with its mapping: the one that the
/// configuration names, else the one that ships with the connector.
void plan_streams(
    const config::ConnectionConfig& connection,
    const host::PluginFile& plugin,
    OpenConnection& open,
    std::vector<FileProblem>& problems
);

/// Complains about streams that are configured and that the connector does not offer.
void check_stream_names(
    const config::ConnectionConfig& connection,
    const std::string& connector,
    const std::vector<ingest::StreamInfo>& streams,
    std::vector<FileProblem>& problems
);

}  // namespace touchline::app
