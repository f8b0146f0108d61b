#include "private_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

namespace touchline::access {
namespace {

namespace fs = std::filesystem;

Error cannot(const std::string& what, const fs::path& file) {
    return Error(Code::config, "cannot " + what + " " + file.string() + ": " + std::strerror(errno))
        .cure("Make the folder writable for the account that touchline runs as.");
}

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Bytes of the file that are on the disk, or not.
bool write_new(const fs::path& file, std::string_view text) {
    const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (out < 0) return false;
    const bool written = write_all(out, text) && ::fsync(out) == 0;
    const int fault = errno;
    ::close(out);
    errno = fault;
    return written;
}

}  // namespace

Result<void> make_private_folder(const fs::path& folder) {
    std::error_code fault;
    fs::create_directories(folder, fault);
    fs::permissions(folder, fs::perms::owner_all, fault);
    if (fault)
        return Error(Code::config, "cannot make " + folder.string() + ": " + fault.message());
    return {};
}

Result<std::string> read_private_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        std::error_code ignored;
        if (fs::exists(file, ignored)) return cannot("read", file);
        return std::string();
    }
    std::ostringstream text;
    text << in.rdbuf();
    if (in.bad()) return cannot("read", file);
    return std::move(text).str();
}

Result<void> replace_private_file(const fs::path& file, std::string_view text) {
    const fs::path fresh = file.string() + ".new";
    if (!write_new(fresh, text)) return cannot("write", fresh);
    if (::rename(fresh.c_str(), file.c_str()) != 0) return cannot("replace", file);
    const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return {};
}

Result<FileLock> FileLock::take(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return cannot("open", file);
    while (::flock(descriptor, LOCK_EX) != 0) {
        if (errno == EINTR) continue;
        ::close(descriptor);
        return cannot("lock", file);
    }
    return FileLock(descriptor);
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace touchline::access
