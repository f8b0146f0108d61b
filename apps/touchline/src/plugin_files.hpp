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

/// Where the cassettes of a connector are: `named` if it is, else beside the file, else in this
/// folder.
std::filesystem::path cassettes_of(
    const std::filesystem::path& file, const std::filesystem::path& named
);

}  // namespace touchline::app
