// The one directory that a connection's files are read from. Nothing outside of it can be reached,
// also not by a symbolic link: links are not followed.
#pragma once

#include "touchline/base/digest.hpp"
#include "touchline/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::host {

/// As tl_file_1.list has it.
bool matches_pattern(std::string_view pattern, std::string_view name);

struct DirectoryEntry {
    std::string name;
    std::uint64_t bytes = 0;
    std::int64_t modified_unix_ns = 0;
    std::uint64_t id = 0;
};

/// Any thread.
class Directory {
public:
    explicit Directory(std::filesystem::path path) : path_(std::move(path)) {}

    /// By name. Errors: config (the directory is not there), denied, cancelled.
    Result<std::vector<DirectoryEntry>> list(std::string_view pattern, std::stop_token stop) const;
    /// Errors: not_found; denied: the name leads out, through a link, or to what is not a regular
    /// file.
    Result<std::string> read(std::string_view name, std::uint64_t offset, std::uint64_t most) const;
    /// SHA-256 over the SHA-256 of each MiB. Errors: as read; cancelled.
    Result<Digest> digest(
        std::string_view name, std::uint64_t offset, std::uint64_t length, std::stop_token stop
    ) const;

private:
    std::filesystem::path path_;
};

}  // namespace touchline::host
