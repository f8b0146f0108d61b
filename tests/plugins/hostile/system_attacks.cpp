#include "attacks.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace hostile {
namespace {

using touchline::sdk::Error;
using touchline::sdk::Status;

/// Where a call failed, that is how it was stopped.
Result<ReadEnd> outcome(long result) {
    if (result >= 0) return ReadEnd::end;
    return Error(Status::denied, std::string("stopped: ") + std::strerror(errno));
}

}  // namespace

Result<ReadEnd> open_socket(Job&) {
    return outcome(socket(AF_INET, SOCK_STREAM, 0));
}
Result<ReadEnd> open_local_socket(Job&) {
    return outcome(socket(AF_UNIX, SOCK_STREAM, 0));
}
Result<ReadEnd> read_host_file(Job&) {
    return outcome(open("/etc/passwd", O_RDONLY));
}
Result<ReadEnd> write_host_file(Job&) {
    return outcome(open("/var/tmp/touchline-was-here", O_WRONLY | O_CREAT, 0600));
}
Result<ReadEnd> run_program(Job&) {
    char name[] = "/bin/true";
    char* const arguments[] = {name, nullptr};
    return outcome(execv(name, arguments));
}
Result<ReadEnd> trace_host(Job&) {
    return outcome(ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr));
}
Result<ReadEnd> kill_host(Job&) {
    return outcome(kill(getppid(), SIGTERM));
}
Result<ReadEnd> fork_bomb(Job&) {
    while (fork() >= 0) {
    }
    return outcome(-1);
}
Result<ReadEnd> read_host_memory(Job&) {
    char stolen[64];
    iovec here{stolen, sizeof(stolen)}, there{reinterpret_cast<void*>(0x400000), sizeof(stolen)};
    return outcome(process_vm_readv(getppid(), &here, 1, &there, 1, 0));
}
Result<ReadEnd> run_from_memory(Job&) {
    return outcome(memfd_create("program", 0));
}
Result<ReadEnd> use_io_uring(Job&) {
    char parameters[256] = {};
    return outcome(syscall(SYS_io_uring_setup, 8, parameters));
}
Result<ReadEnd> make_writable_code(Job&) {
    void* const code =
        mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return outcome(code == MAP_FAILED ? -1 : 0);
}
Result<ReadEnd> raise_limits(Job&) {
    const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
    return outcome(setrlimit(RLIMIT_AS, &all));
}

}  // namespace hostile
