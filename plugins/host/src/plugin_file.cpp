#include "touchline/host/plugin_file.hpp"

#include "plugin_checks.hpp"

#include "touchline/host/lock_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace touchline::host {
namespace {

constexpr std::size_t k_most_bytes = 1U << 30U;

}  // namespace

Result<std::shared_ptr<const PluginFile>> PluginFile::open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return Error(Code::config, std::string("cannot be opened: ") + std::strerror(errno))
            .at({path.string(), 0, 0});
    }
    const std::shared_ptr<PluginFile> file(new PluginFile(path, descriptor));
    auto manifest = manifest_of(descriptor);
    if (!manifest) return std::move(manifest).error().at({path.string(), 0, 0});
    file->manifest_ = *std::move(manifest);
    if (auto trusted = file->check_trust(); !trusted)
        return std::move(trusted).error().at({path.string(), 0, 0});
    return std::shared_ptr<const PluginFile>(file);
}

Result<void> PluginFile::check_trust() const {
    const std::filesystem::path folder = std::filesystem::absolute(path_).parent_path();
    TOUCHLINE_CHECK(check_directory(folder));
    const auto lock = LockFile::read(folder / LockFile::k_name);
    if (!lock && lock.error().code() == Code::not_found) return {};
    if (!lock) return lock.error();
    TOUCHLINE_TRY(const Digest digest, sha256());
    return lock->check(manifest_.id, digest);
}

PluginFile::~PluginFile() {
    close(descriptor_);
}

std::vector<std::filesystem::path> PluginFile::mappings() const {
    std::vector<std::filesystem::path> files;
    for (const std::string& name : manifest_.mappings)
        files.push_back(path_.parent_path() / manifest_.id / "mappings" / name);
    return files;
}

Result<Digest> PluginFile::sha256() const {
    struct stat status {};
    if (fstat(descriptor_, &status) != 0 ||
        static_cast<std::size_t>(status.st_size) > k_most_bytes) {
        return Error(Code::unavailable, path_.string() + " cannot be read");
    }
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
        const ssize_t got =
            pread(descriptor_, bytes.data() + have, bytes.size() - have, static_cast<off_t>(have));
        if (got <= 0) return Error(Code::unavailable, path_.string() + " cannot be read");
        have += static_cast<std::size_t>(got);
    }
    return touchline::sha256(bytes);
}

}  // namespace touchline::host
