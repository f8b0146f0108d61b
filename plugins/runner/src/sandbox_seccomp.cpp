// Two system call filters, in the kernel's BPF. The first stands while the connector is loaded and
// stops what no connector ever needs; the second comes on top and is a short list of what may be
// called. Whatever is not on it fails with ENOSYS rather than kills: a newer C library that tries a
// newer call falls back to the older one.
#include "sandbox.hpp"

#include "touchline/runner/protocol.hpp"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <initializer_list>
#include <vector>

namespace touchline::runner {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t k_architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t k_architecture = AUDIT_ARCH_AARCH64;
#else
#error "the system call filter knows x86-64 and AArch64"
#endif

constexpr std::uint32_t k_allow = SECCOMP_RET_ALLOW;
constexpr std::uint32_t k_kill = SECCOMP_RET_KILL_PROCESS;
constexpr std::uint32_t fails_with(int error) {
    return SECCOMP_RET_ERRNO | (static_cast<std::uint32_t>(error) & SECCOMP_RET_DATA);
}

/// Looks at the low half of one argument: what the kernel itself takes of an int.
struct Argument {
    enum class Test { has_any, has_all, equals, below } test;
    unsigned index;
    std::uint32_t value;
};

/// A filter, rule by rule; the first rule that applies decides.
class Filter {
public:
    Filter() {
        load(offsetof(seccomp_data, arch));
        jump(BPF_JEQ, k_architecture, 1, 0);
        answer(k_kill);
        load(offsetof(seccomp_data, nr));
#if defined(__x86_64__)
        // The x32 calls have numbers of their own, which no rule below would see.
        jump(BPF_JGE, 0x40000000U, 0, 1);
        answer(k_kill);
#endif
    }
    Filter& on(std::initializer_list<long> calls, std::uint32_t action) {
        for (const long call : calls) {
            jump(BPF_JEQ, static_cast<std::uint32_t>(call), 0, 1);
            answer(action);
        }
        return *this;
    }
    /// Only when the argument passes the test.
    Filter& on(long call, Argument argument, std::uint32_t action) {
        const bool masked = argument.test == Argument::Test::has_all;
        jump(BPF_JEQ, static_cast<std::uint32_t>(call), 0, masked ? 5 : 4);
        load(static_cast<std::uint32_t>(
            offsetof(seccomp_data, args) + argument.index * sizeof(std::uint64_t)
        ));
        if (masked) add(BPF_ALU | BPF_AND | BPF_K, argument.value);
        switch (argument.test) {
            case Argument::Test::has_any:
                jump(BPF_JSET, argument.value, 0, 1);
                break;
            case Argument::Test::has_all:
            case Argument::Test::equals:
                jump(BPF_JEQ, argument.value, 0, 1);
                break;
            case Argument::Test::below:
                jump(BPF_JGE, argument.value, 1, 0);
                break;
        }
        answer(action);
        load(offsetof(seccomp_data, nr));
        return *this;
    }
    int install(std::uint32_t otherwise) {
        answer(otherwise);
        sock_fprog program{static_cast<unsigned short>(code_.size()), code_.data()};
        // For all threads: there is one yet, but a constructor might have started another.
        const long result =
            syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
        return result == 0 ? 0 : result > 0 ? EBUSY : errno;
    }

private:
    void add(int code, std::uint32_t value, unsigned char yes = 0, unsigned char no = 0) {
        code_.push_back({static_cast<std::uint16_t>(code), yes, no, value});
    }
    void load(std::size_t offset) {
        add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
    }
    void jump(int test, std::uint32_t value, unsigned char yes, unsigned char no) {
        add(BPF_JMP | test | BPF_K, value, yes, no);
    }
    void answer(std::uint32_t action) {
        add(BPF_RET | BPF_K, action);
    }

    std::vector<sock_filter> code_;
};

constexpr std::uint32_t k_writable_code = PROT_WRITE | PROT_EXEC;

}  // namespace

int filter_before_load() {
    using Test = Argument::Test;
    Filter filter;
    filter.on(
        {
            SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4,
                SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev,
                SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_bpf, SYS_keyctl,
                SYS_add_key, SYS_request_key, SYS_userfaultfd, SYS_perf_event_open, SYS_mount,
                SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_move_mount, SYS_open_tree, SYS_fsopen,
                SYS_fsmount, SYS_fsconfig, SYS_unshare, SYS_setns, SYS_init_module,
                SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_swapon,
                SYS_swapoff, SYS_kcmp, SYS_pidfd_getfd, SYS_pidfd_open, SYS_pidfd_send_signal,
                SYS_open_by_handle_at, SYS_name_to_handle_at, SYS_kill, SYS_tkill, SYS_memfd_create,
#if defined(__x86_64__)
                SYS_fork, SYS_vfork, SYS_iopl, SYS_ioperm, SYS_modify_ldt,
#endif
                SYS_shmget, SYS_msgget, SYS_semget
        },
        k_kill
    );
    filter.on(SYS_clone, {Test::has_any, 0, CLONE_THREAD}, k_allow);
    filter.on({SYS_clone}, k_kill);
    // Its flags lie in memory, which a filter cannot see; the C library falls back to clone.
    filter.on({SYS_clone3}, fails_with(ENOSYS));
    filter.on(SYS_mmap, {Test::has_all, 2, k_writable_code}, k_kill);
    filter.on(SYS_mprotect, {Test::has_all, 2, k_writable_code}, k_kill);
    filter.on({SYS_pkey_mprotect}, fails_with(ENOSYS));
    // What the host gave stays as it gave it: above all the lifeline.
    filter.on(SYS_close, {Test::below, 0, k_plugin}, fails_with(EBADF));
    filter.on(SYS_close, {Test::equals, 0, k_lifeline}, fails_with(EBADF));
    for (const std::uint32_t command : {F_SETFL, F_SETOWN, F_SETOWN_EX, F_SETSIG, F_NOTIFY})
        filter.on(SYS_fcntl, {Test::equals, 1, command}, fails_with(EPERM));
    filter.on({SYS_dup3, SYS_close_range, SYS_prctl}, fails_with(EPERM));
#if defined(__x86_64__)
    filter.on({SYS_dup2}, fails_with(EPERM));
#endif
    return filter.install(k_allow);
}

int filter_after_load(bool threads) {
    using Test = Argument::Test;
    Filter filter;
    // First, as they are called most, and looked at each time for their argument.
    filter.on(SYS_sendmsg, {Test::equals, 0, k_control}, k_allow);
    filter.on(SYS_recvfrom, {Test::equals, 0, k_control}, k_allow);
    filter.on(
        {
            SYS_read, SYS_readv, SYS_write, SYS_writev, SYS_lseek, SYS_fstat, SYS_ppoll, SYS_munmap,
                SYS_mremap, SYS_madvise, SYS_brk, SYS_futex, SYS_exit, SYS_exit_group,
                SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack,
                SYS_restart_syscall, SYS_sched_yield, SYS_nanosleep, SYS_clock_nanosleep,
                SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday, SYS_getrandom, SYS_getpid,
                SYS_gettid, SYS_getppid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid,
                SYS_getrusage, SYS_times, SYS_uname, SYS_sysinfo, SYS_sched_getaffinity,
#if defined(__x86_64__)
                SYS_poll, SYS_time,
#endif
                SYS_rseq, SYS_set_robust_list, SYS_membarrier, SYS_close
        },
        k_allow
    );
    filter.on(SYS_mmap, {Test::has_any, 2, PROT_EXEC}, fails_with(EPERM)).on({SYS_mmap}, k_allow);
    filter.on(SYS_mprotect, {Test::has_any, 2, PROT_EXEC}, fails_with(EPERM));
    filter.on({SYS_mprotect}, k_allow);
    // abort() signals its own thread.
    filter.on(SYS_tgkill, {Test::equals, 0, static_cast<std::uint32_t>(getpid())}, k_allow);
    if (threads) filter.on({SYS_clone}, k_allow);
    return filter.install(fails_with(ENOSYS));
}

}  // namespace touchline::runner
