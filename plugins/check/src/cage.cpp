#include "cage.hpp"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace touchline::check {

namespace {

std::vector<long> forbidden(Cage cage) {
    switch (cage) {
        case Cage::network:
            return {SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_sendto, SYS_sendmsg};
        case Cage::files:
            return {
#ifdef SYS_open
                SYS_open,
                SYS_creat,
                SYS_unlink,
                SYS_rename,
                SYS_mkdir,
#endif
                SYS_openat,
                SYS_unlinkat,
                SYS_renameat2,
                SYS_mkdirat,
                SYS_linkat,
                SYS_symlinkat};
        case Cage::processes:
            return {
#ifdef SYS_fork
                SYS_fork,
                SYS_vfork,
#endif
                SYS_clone,
                SYS_clone3,
                SYS_execve,
                SYS_execveat,
                SYS_ptrace,
                SYS_kill,
                SYS_process_vm_readv};
    }
    return {};
}

}  // namespace

bool close_cage(Cage cage) {
    const std::vector<long> calls = forbidden(cage);
    std::vector<sock_filter> program;
    program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)));
    for (const long call : calls) {
        program.push_back(
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1)
        );
        program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
    }
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

}  // namespace touchline::check
