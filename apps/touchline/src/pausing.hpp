// Connections that somebody has paused. A small file for each, so that a command beside a running
// daemon can do it and the daemon sees it at its next run.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/config/config.hpp"

#include <string>

namespace touchline::app {

bool is_paused(const config::Config& config, const std::string& connection);
/// Nothing happens when it is so already. Error: config (the folder cannot be written).
Result<void> set_paused(const config::Config& config, const std::string& connection, bool paused);

}  // namespace touchline::app
