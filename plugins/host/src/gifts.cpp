#include "gifts.hpp"

#include <fcntl.h>

#include <cerrno>
#include <csignal>

namespace touchline::host {
namespace {

/// Above every number that a runner knows its descriptors by, so that none is overwritten.
constexpr int k_first_free = 64;

}  // namespace

Gifts::Gifts() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
}

Gifts::~Gifts() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
}

void Gifts::give(int descriptor, int as) {
    Descriptor& high = lifted_[as];
    high = Descriptor(fcntl(descriptor, F_DUPFD_CLOEXEC, k_first_free));
    complete_ = complete_ && high.is_open();
    posix_spawn_file_actions_adddup2(&actions_, high.get(), as);
}

void Gifts::give_nothing(int as) {
    posix_spawn_file_actions_addopen(&actions_, as, "/dev/null", O_RDONLY, 0);
}

int Gifts::spawn(const std::filesystem::path& program, const std::string& name, pid_t& pid) {
    if (!complete_) return errno;
    posix_spawn_file_actions_addclosefrom_np(&actions_, runner::k_descriptors);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    // A session of its own: a Ctrl-C at the terminal is the host's to answer.
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID
    );
    std::string own_name = "touchline-runner", connection = name;
    char* const arguments[] = {own_name.data(), connection.data(), nullptr};
    char* const environment[] = {nullptr};
    return posix_spawn(&pid, program.c_str(), &actions_, &attributes_, arguments, environment);
}

}  // namespace touchline::host
