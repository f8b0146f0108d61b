// A folder of a test's own.
#pragma once

#include <filesystem>
#include <string_view>

namespace touchline::integration {

/// A new folder below the system's temporary one, gone with this.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    /// Only the owner may read it, as secrets demand.
    void write(std::string_view name, std::string_view text) const;

private:
    std::filesystem::path path_;
};

}  // namespace touchline::integration
