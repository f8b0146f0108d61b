#include "sandbox.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace touchline::runner {
namespace {

// What newer kernels know and Debian's headers do not; the numbers are the kernel's
// (include/uapi/linux/landlock.h, v6.12).
struct Ruleset {
    std::uint64_t files = 0;
    std::uint64_t network = 0;  ///< since version 4
    std::uint64_t scoped = 0;   ///< since version 6
};
constexpr std::uint64_t k_all_files_v1 = (1ULL << 13U) - 1;
constexpr std::uint64_t k_refer_v2 = 1ULL << 13U;
constexpr std::uint64_t k_truncate_v3 = 1ULL << 14U;
constexpr std::uint64_t k_ioctl_v5 = 1ULL << 15U;
constexpr std::uint64_t k_tcp_v4 = 3;
constexpr std::uint64_t k_sockets_and_signals_v6 = 3;

constexpr const char* k_library_places[] = {
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"};

Ruleset ruleset_for(long version) {
    Ruleset rules;
    rules.files = k_all_files_v1;
    if (version >= 2) rules.files |= k_refer_v2;
    if (version >= 3) rules.files |= k_truncate_v3;
    if (version >= 4) rules.network = k_tcp_v4;
    if (version >= 5) rules.files |= k_ioctl_v5;
    if (version >= 6) rules.scoped = k_sockets_and_signals_v6;
    return rules;
}

bool allow_reading(int ruleset, int file, bool directory) {
    landlock_path_beneath_attr rule{};
    rule.allowed_access =
        LANDLOCK_ACCESS_FS_READ_FILE | (directory ? LANDLOCK_ACCESS_FS_READ_DIR : 0ULL);
    rule.parent_fd = file;
    return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

bool allow_reading(int ruleset, const char* path) {
    const int directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    const int file = directory >= 0 ? directory : open(path, O_PATH | O_CLOEXEC);
    if (file < 0) return errno == ENOENT;
    const bool allowed = allow_reading(ruleset, file, directory >= 0);
    close(file);
    return allowed;
}

}  // namespace

int confine_files(int plugin) {
    const long version =
        syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return errno;
    const Ruleset rules = ruleset_for(version);
    const int ruleset =
        static_cast<int>(syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0));
    if (ruleset < 0) return errno;
    bool allowed = allow_reading(ruleset, plugin, false);
    for (const char* place : k_library_places) allowed = allow_reading(ruleset, place) && allowed;
    const int why = allowed ? 0 : errno;
    const bool confined = allowed && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    const int result = confined ? 0 : why != 0 ? why : errno;
    close(ruleset);
    return result;
}

}  // namespace touchline::runner
