#include "plugin_files.hpp"

#include "places.hpp"

#include "touchline/config/load.hpp"

#include <algorithm>
#include <system_error>
#include <vector>

namespace touchline::app {

host::Discovery installed_plugins(const Globals& globals) {
    std::vector<std::filesystem::path> directories;
    std::error_code ignored;
    if (std::filesystem::exists(globals.config, ignored)) {
        directories = config::load(globals.config).config.plugin_dirs;
    }
    directories.push_back(shipped_plugins());
    return host::discover_plugins(directories);
}

Result<std::filesystem::path> plugin_file(const Globals& globals, const std::string& name) {
    if (name.find('/') != std::string::npos || name.ends_with(".so"))
        return std::filesystem::path(name);
    const host::Discovery found = installed_plugins(globals);
    const auto plugin = std::ranges::find(found.plugins, name, [](const host::FoundPlugin& one) {
        return one.manifest.id;
    });
    if (plugin != found.plugins.end()) return plugin->file;
    return Error(Code::not_found, "there is no connector \"" + name + "\"");
}

std::filesystem::path cassettes_of(
    const std::filesystem::path& file, const std::filesystem::path& named
) {
    if (!named.empty()) return named;
    std::error_code ignored;
    const auto beside = file.parent_path() / file.stem() / "cassettes";
    return std::filesystem::is_directory(beside, ignored) ? beside : "cassettes";
}

}  // namespace touchline::app
