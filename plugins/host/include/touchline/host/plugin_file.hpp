// A connector's file, opened and looked at; none of its code has run. What is loaded later are the
// bytes that were looked at, even if another file has taken the name meanwhile.
#pragma once

#include "touchline/base/digest.hpp"
#include "touchline/host/manifest.hpp"

#include <filesystem>
#include <memory>
#include <vector>

namespace touchline::host {

/// Immutable, any thread.
class PluginFile {
public:
    /// Errors: as read_manifest; denied: others than root, this user and its group may change the
    /// file or its directory; or plugins.lock beside it does not have this file.
    static Result<std::shared_ptr<const PluginFile>> open(const std::filesystem::path& path);
    PluginFile(const PluginFile&) = delete;
    PluginFile& operator=(const PluginFile&) = delete;
    ~PluginFile();

    const std::filesystem::path& path() const { return path_; }
    const Manifest& manifest() const { return manifest_; }
    /// Readable, closed on exec.
    int descriptor() const { return descriptor_; }
    /// The default mappings beside the file: <folder>/<id>/mappings/<name>.
    std::vector<std::filesystem::path> mappings() const;
    /// Of the bytes, read now. Error unavailable.
    Result<Digest> sha256() const;

private:
    PluginFile(std::filesystem::path path, int descriptor)
        : path_(std::move(path)), descriptor_(descriptor) {}
    Result<void> check_trust() const;

    std::filesystem::path path_;
    int descriptor_;
    Manifest manifest_;
};

}  // namespace touchline::host
