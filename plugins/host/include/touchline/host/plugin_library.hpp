// Connectors on disk: what is there, and loading one into this process.
#pragma once

#include "touchline/host/manifest.hpp"
#include "touchline/host/plugin_file.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

struct tl_plugin;

namespace touchline::host {

/// The manifest of a connector's file; none of its code runs. Error config: no ELF file, no note,
/// built for another ABI than this host speaks, writable by everyone; bad_data: a manifest that is
/// wrong.
Result<Manifest> read_manifest(const std::filesystem::path& file);

struct FoundPlugin {
    std::filesystem::path file;
    Manifest manifest;
};
struct Discovery {
    std::vector<FoundPlugin> plugins;  ///< by id; of two with one id the earlier directory's wins
    std::vector<Error> problems;       ///< each names its file
};
/// Looks at every *.so in each directory; runs none. A directory that does not exist is a problem,
/// not a failure; so is one that others than root, this user and its group may change.
Discovery discover_plugins(std::span<const std::filesystem::path> directories);

/// A connector in this process. It stays loaded until the process ends: unloading C++ code is not
/// safe. Immutable, any thread.
class PluginLibrary {
public:
    /// Errors: as PluginFile::open; config: cannot be loaded; table and manifest disagree.
    static Result<std::shared_ptr<const PluginLibrary>> load(const std::filesystem::path& file);

    const std::filesystem::path& file() const { return file_->path(); }
    const Manifest& manifest() const { return file_->manifest(); }
    /// The default mappings beside the file: <folder>/<id>/mappings/<name>.
    std::vector<std::filesystem::path> mappings() const { return file_->mappings(); }
    const tl_plugin& table() const { return *table_; }

private:
    PluginLibrary(std::shared_ptr<const PluginFile> file, const tl_plugin* table)
        : file_(std::move(file)), table_(table) {}

    std::shared_ptr<const PluginFile> file_;
    const tl_plugin* table_;
};

}  // namespace touchline::host
