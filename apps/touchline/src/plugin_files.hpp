// Connectors on disk, by what a person calls them.
#pragma once

#include "commands.hpp"

#include "touchline/host/plugin_library.hpp"

#include <filesystem>
#include <string>

namespace touchline::app {

/// The shipped ones, and those of the configuration where there is one.
host::Discovery installed_plugins(const Globals& globals);

/// The file of a connector: `name` is a file itself, or the id of an installed one. Error
/// not_found.
Result<std::filesystem::path> plugin_file(const Globals& globals, const std::string& name);

}  // namespace touchline::app
