#include "directory.hpp"

#include "descriptor.hpp"

#include "touchline/base/log.hpp"
#include "touchline/base/text.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

namespace touchline::host {

namespace {

constexpr int k_deepest = 32;
constexpr std::size_t k_most_entries = 200'000;
constexpr std::uint64_t k_digest_step = 1U << 20U;

Error failed(int code, std::string_view what) {
    const std::string text = std::string(what) + ": " + std::strerror(code);
    if (code == ENOENT) return Error(Code::not_found, text);
    if (code == ELOOP || code == ENOTDIR) {
        return Error(Code::denied, std::string(what) + ": symbolic links are not followed");
    }
    if (code == EACCES || code == EPERM) {
        return Error(Code::denied, text).cure("Let the user that Touchline runs as read it.");
    }
    return Error(Code::unavailable, text);
}

Result<Descriptor> open_root(const std::filesystem::path& path) {
    Descriptor root(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (root.get() >= 0) return root;
    const int code = errno;
    if (code == ENOENT || code == ENOTDIR) {
        return Error(Code::config, "the directory " + path.string() + " does not exist")
            .cure("Create it, or correct the connection's settings.");
    }
    return failed(code, path.string());
}

/// Part by part, so that no part can be a link to elsewhere.
Result<Descriptor> open_below(const std::filesystem::path& path, std::string_view name) {
    TOUCHLINE_TRY(Descriptor here, open_root(path));
    for (std::string_view rest = name;;) {
        const auto slash = rest.find('/');
        const std::string part(rest.substr(0, slash));
        if (part.empty() || part == "." || part == ".." || part.find('\0') != std::string::npos) {
            return Error(
                Code::denied,
                "the file name \"" + std::string(name) + "\" leads out of the directory"
            );
        }
        const bool last = slash == std::string_view::npos;
        // Not blocking: opening a named pipe must not wait for its writer.
        const int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | (last ? O_NONBLOCK : O_DIRECTORY);
        Descriptor next(openat(here.get(), part.c_str(), flags));
        if (next.get() < 0) return failed(errno, name);
        here = std::move(next);
        if (last) break;
        rest.remove_prefix(slash + 1);
    }
    struct stat status {};
    if (fstat(here.get(), &status) != 0) return failed(errno, name);
    if (!S_ISREG(status.st_mode))
        return Error(Code::denied, std::string(name) + " is not a regular file");
    return here;
}

Result<std::string> read_at(
    int file, std::uint64_t offset, std::uint64_t most, std::string_view name
) {
    std::string bytes(most, '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
        const ssize_t got = pread(
            file, bytes.data() + have, bytes.size() - have, static_cast<off_t>(offset + have)
        );
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed(errno, name);
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

class Walk {
public:
    Walk(std::string_view pattern, std::stop_token stop)
        : pattern_(pattern), stop_(std::move(stop)) {}

    Result<void> directory(Descriptor here, const std::string& prefix, int depth) {
        const std::unique_ptr<DIR, int (*)(DIR*)> open(fdopendir(here.get()), &closedir);
        if (!open) return failed(errno, prefix.empty() ? "the directory" : prefix);
        const int descriptor = here.release();
        while (const dirent* entry = readdir(open.get())) {
            if (stop_.stop_requested())
                return Error(Code::cancelled, "listing files was cancelled");
            const std::string_view own = entry->d_name;
            if (own == "." || own == "..") continue;
            TOUCHLINE_CHECK(one(descriptor, prefix + std::string(own), entry->d_name, depth));
        }
        return {};
    }
    std::vector<DirectoryEntry> take() {
        std::ranges::sort(found_, {}, &DirectoryEntry::name);
        return std::move(found_);
    }

private:
    Result<void> one(
        int directory_descriptor, const std::string& name, const char* own, int depth
    ) {
        struct stat status {};
        // It may have gone since it was listed; and links are not followed.
        if (fstatat(directory_descriptor, own, &status, AT_SYMLINK_NOFOLLOW) != 0) return {};
        if (S_ISDIR(status.st_mode)) {
            if (pattern_.find('/') == std::string_view::npos || depth >= k_deepest || own[0] == '.')
                return {};
            Descriptor child(
                openat(directory_descriptor, own, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
            );
            if (child.get() < 0) return {};
            return directory(std::move(child), name + "/", depth + 1);
        }
        if (!S_ISREG(status.st_mode) || !matches_pattern(pattern_, name)) return {};
        if (!is_utf8(name)) {
            log(LogLevel::warning,
                "a file is left out because its name is not UTF-8",
                {{"name", to_utf8(name)}});
            return {};
        }
        if (found_.size() == k_most_entries) {
            return Error(
                       Code::denied, "more than " + std::to_string(k_most_entries) + " files match"
            )
                .cure("Move files away that have been read, or use a narrower pattern.");
        }
        found_.push_back(
            {name,
             static_cast<std::uint64_t>(status.st_size),
             static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 +
                 status.st_mtim.tv_nsec,
             status.st_ino ^ (status.st_dev << 48U)}
        );
        return {};
    }

    std::string_view pattern_;
    std::stop_token stop_;
    std::vector<DirectoryEntry> found_;
};

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view name) {
    // Where to go back to when a "*" took too little: at most one place per "*", so this is
    // quadratic at worst.
    std::size_t p = 0, n = 0, star = std::string_view::npos, star_end = 0;
    const auto hidden = [&](std::size_t at) {
        return name[at] == '.' && (at == 0 || name[at - 1] == '/');
    };
    if (pattern.starts_with("**/")) {
        for (std::size_t start = 0;;) {
            if (matches_pattern(pattern.substr(3), name.substr(start))) return true;
            const auto slash = name.find('/', start);
            if (slash == std::string_view::npos || hidden(start)) return false;
            start = slash + 1;
        }
    }
    while (n < name.size()) {
        if (p < pattern.size() && p > 0 && pattern[p - 1] == '/' &&
            pattern.substr(p).starts_with("**/")) {
            return matches_pattern(pattern.substr(p), name.substr(n));
        }
        if (p < pattern.size() && pattern[p] == '*') {
            if (hidden(n)) return false;
            star = p++;
            star_end = n;
        } else if (p < pattern.size() && (pattern[p] == name[n] || (pattern[p] == '?' && name[n] != '/' && !hidden(n)))) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos && name[star_end] != '/') {
            p = star + 1;
            n = ++star_end;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

Result<std::vector<DirectoryEntry>> Directory::list(std::string_view pattern, std::stop_token stop)
    const {
    TOUCHLINE_TRY(Descriptor root, open_root(path_));
    Walk walk(pattern, std::move(stop));
    TOUCHLINE_CHECK(walk.directory(std::move(root), "", 0));
    return walk.take();
}

Result<std::string> Directory::read(std::string_view name, std::uint64_t offset, std::uint64_t most)
    const {
    TOUCHLINE_TRY(const Descriptor file, open_below(path_, name));
    return read_at(file.get(), offset, most, name);
}

Result<Digest> Directory::digest(
    std::string_view name, std::uint64_t offset, std::uint64_t length, std::stop_token stop
) const {
    TOUCHLINE_TRY(const Descriptor file, open_below(path_, name));
    std::string parts;
    while (length > 0) {
        if (stop.stop_requested()) return Error(Code::cancelled, "reading a file was cancelled");
        TOUCHLINE_TRY(
            const std::string bytes,
            read_at(file.get(), offset, std::min(length, k_digest_step), name)
        );
        if (bytes.empty()) break;
        const Digest part = sha256(bytes);
        parts.append(part.begin(), part.end());
        offset += bytes.size();
        length -= bytes.size();
    }
    return sha256(parts);
}

}  // namespace touchline::host
