// Files that only their owner may read, replaced as a whole and never seen half written.
#pragma once

#include "touchline/base/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace touchline::access {

/// Made when it is missing; nobody else may look into it. Error: config.
Result<void> make_private_folder(const std::filesystem::path& folder);
/// Empty when there is no such file. Error: config.
Result<std::string> read_private_file(const std::filesystem::path& file);
/// On the disk when this returns; who is interrupted leaves the old one or the new one.
Result<void> replace_private_file(const std::filesystem::path& file, std::string_view text);

/// Held by one process at a time; gone with its holder.
class FileLock {
public:
    /// Waits for whoever holds it. Error: config.
    static Result<FileLock> take(const std::filesystem::path& file);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace touchline::access
