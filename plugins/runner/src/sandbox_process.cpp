#include "sandbox.hpp"

#include "touchline/runner/protocol.hpp"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace touchline::runner {
namespace {

constexpr unsigned k_nobody = 65534;
/// The runner's own code, the connector's, and their libraries.
[[maybe_unused]] constexpr std::uint64_t k_code_bytes = 256U << 20U;

int outcome(int result) {
    return result == 0 ? 0 : errno;
}

int limit(int resource, std::uint64_t value) {
    const rlimit both{value, value};
    return outcome(setrlimit(static_cast<__rlimit_resource_t>(resource), &both));
}

int drop_capabilities() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    const __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {};
    return outcome(static_cast<int>(syscall(SYS_capset, &header, none)));
}

}  // namespace

int follow_the_host() {
    // Not the parent-death signal: that follows the host's thread which started this process.
    if (fcntl(k_lifeline, F_SETOWN, getpid()) != 0 || fcntl(k_lifeline, F_SETSIG, SIGKILL) != 0 ||
        fcntl(k_lifeline, F_SETFL, O_RDONLY | O_ASYNC | O_NONBLOCK) != 0) {
        return errno;
    }
    pollfd lifeline{k_lifeline, POLLIN, 0};
    return poll(&lifeline, 1, 0) == 0 ? 0 : ESRCH;
}

int keep_to_own_descriptors() {
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return errno;
    return outcome(static_cast<int>(syscall(SYS_close_range, k_descriptors, ~0U, 0U)));
}

int limit_resources(std::uint64_t memory_bytes, bool threads) {
    int failed = 0;
    const auto keep = [&failed](int why) { failed = failed != 0 ? failed : why; };
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    // Their shadow takes terabytes of address space.
    keep(ENOTSUP);
    static_cast<void>(memory_bytes);
#else
    keep(limit(RLIMIT_DATA, memory_bytes));
    keep(limit(RLIMIT_AS, memory_bytes + k_host_arena_bytes + k_own_arena_bytes + k_code_bytes));
#endif
    keep(limit(RLIMIT_NOFILE, 32));
    keep(limit(RLIMIT_FSIZE, 0));
    keep(limit(RLIMIT_CORE, 0));
    keep(limit(RLIMIT_MEMLOCK, 0));
    keep(limit(RLIMIT_MSGQUEUE, 0));
    if (!threads) keep(limit(RLIMIT_NPROC, 1));
    return failed;
}

int enter_network_namespace() {
    return outcome(unshare(CLONE_NEWNET));
}

int enter_ipc_namespace() {
    return outcome(unshare(CLONE_NEWIPC));
}

bool is_root() {
    return geteuid() == 0;
}

int become_nobody() {
    if (!is_root()) return ENOTSUP;
    if (setgroups(0, nullptr) != 0) return errno;
    if (setresgid(k_nobody, k_nobody, k_nobody) != 0) return errno;
    return outcome(setresuid(k_nobody, k_nobody, k_nobody));
}

int enter_user_namespace(bool network_and_ipc) {
    const int flags = CLONE_NEWUSER | (network_and_ipc ? CLONE_NEWNET | CLONE_NEWIPC : 0);
    if (unshare(flags) != 0) return errno;
    return drop_capabilities();
}

int give_up_new_privileges() {
    return outcome(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
}

}  // namespace touchline::runner
