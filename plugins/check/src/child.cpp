#include "child.hpp"

#include "touchline/base/text.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace touchline::check {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool k_limit_memory = false;  // sanitizers reserve terabytes
#else
constexpr bool k_limit_memory = true;
#endif
constexpr rlim_t k_most_memory = rlim_t{2} << 30;

class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }
    int get() const { return value_; }
    void close() {
        if (value_ >= 0) ::close(value_);
        value_ = -1;
    }

private:
    int value_;
};

std::string read_from_start(int descriptor) {
    std::string text;
    char buffer[4096];
    for (off_t at = 0;; at = static_cast<off_t>(text.size())) {
        const ssize_t got = pread(descriptor, buffer, sizeof(buffer), at);
        if (got <= 0 || text.size() > (1U << 20)) return text;
        text.append(buffer, static_cast<std::size_t>(got));
    }
}

[[noreturn]] void child_main(const std::function<Finding()>& test, int out, int printed) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    if (k_limit_memory) {
        const rlimit memory{k_most_memory, k_most_memory};
        setrlimit(RLIMIT_AS, &memory);
    }
    dup2(printed, STDOUT_FILENO);
    dup2(printed, STDERR_FILENO);
    const Finding finding = test();
    std::string message = std::to_string(static_cast<int>(finding.verdict)) + finding.message;
    for (std::string_view rest = message; !rest.empty();) {
        const ssize_t wrote = write(out, rest.data(), rest.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) break;
        rest.remove_prefix(static_cast<std::size_t>(wrote));
    }
    // No destructors and no atexit handlers: the connector's own might not survive.
    _exit(0);
}

milliseconds processor_time(pid_t process) {
    clockid_t clock{};
    timespec used{};
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &used) != 0) return {};
    return milliseconds(used.tv_sec * 1000 + used.tv_nsec / 1'000'000);
}

/// When a process has had its time. On a busy machine that is not when the clock says so: whoever
/// still works and has not used its time of the processor yet goes on.
class Patience {
public:
    Patience(pid_t process, milliseconds limit)
        : process_(process), limit_(limit), deadline_(Clock::now() + limit) {}

    milliseconds left() const { return std::chrono::ceil<milliseconds>(deadline_ - Clock::now()); }
    /// Whether it gets another round.
    bool again() {
        const milliseconds used = processor_time(process_);
        const bool works = used - used_ > limit_ / k_idle_part;
        used_ = used;
        deadline_ = Clock::now() + limit_;
        return works && used < limit_;
    }

private:
    static constexpr int k_idle_part = 100;
    pid_t process_;
    milliseconds limit_, used_{0};
    Clock::time_point deadline_;
};

/// Everything until the end of the pipe; nothing when the time is up first.
bool read_finding(int in, Patience& patience, std::string& out) {
    char buffer[4096];
    for (;;) {
        const auto left = patience.left().count();
        if (left <= 0) {
            if (!patience.again()) return false;
            continue;
        }
        pollfd waiting{in, POLLIN, 0};
        const int ready = poll(&waiting, 1, static_cast<int>(left));
        if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
        if (ready < 0) return false;
        const ssize_t got = read(in, buffer, sizeof(buffer));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return true;
        out.append(buffer, static_cast<std::size_t>(got));
    }
}

std::string last_words(int printed) {
    std::string text = read_from_start(printed);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    const auto line = text.rfind('\n');
    if (line != std::string::npos) text.erase(0, line + 1);
    return text.empty() ? text : "; its last words: " + truncate_text(to_utf8(text), 300);
}

Finding after_death(int status, int printed) {
    if (WIFSIGNALED(status)) {
        const int signal = WTERMSIG(status);
        if (signal == SIGSYS) {
            return {
                Verdict::crashed,
                "it asked the operating system for what a connector must not: a socket, a file, a "
                "process or a thread"};
        }
        return {
            Verdict::crashed,
            std::string("ended by signal ") + sigabbrev_np(signal) + last_words(printed)};
    }
    return {
        Verdict::crashed,
        "ended its process with code " + std::to_string(WEXITSTATUS(status)) + last_words(printed)};
}

}  // namespace

Finding run_in_child(const std::function<Finding()>& test, milliseconds limit) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return {Verdict::failed, "no process can be made for this test"};
    Descriptor in(ends[0]), out(ends[1]);
    const Descriptor printed(memfd_create("printed", MFD_CLOEXEC));
    // What waits to be printed is the parent's.
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) child_main(test, out.get(), printed.get());
    if (child < 0) return {Verdict::failed, "no process can be made for this test"};
    out.close();
    std::string text;
    Patience patience(child, limit);
    const bool in_time = read_finding(in.get(), patience, text);
    if (!in_time) kill(child, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!in_time)
        return {Verdict::timed_out, "did not end within " + std::to_string(limit.count()) + " ms"};
    if (text.empty() || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return after_death(status, printed.get());
    return {static_cast<Verdict>(text.front() - '0'), text.substr(1)};
}

std::string printed_so_far() {
    std::fflush(nullptr);
    return read_from_start(STDERR_FILENO);
}

}  // namespace touchline::check
