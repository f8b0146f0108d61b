// From a checked tree to the typed configuration, and what only the whole can tell: a department
// that does not exist, a way to sign in that lacks its secret.
#pragma once

#include "touchline/config/config.hpp"
#include "touchline/config/problem.hpp"
#include "touchline/json/node.hpp"

#include <vector>

namespace touchline::config {

/// Values that do not fit are left at their defaults: check() has named them.
Config read(const json::Node& root, const std::filesystem::path& folder);

/// Appends what the parts of a configuration say against each other.
void cross_check(const json::Node& root, const Config& config, std::vector<Problem>& problems);

}  // namespace touchline::config
