#include "runner_process.hpp"

#include "gifts.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <new>

namespace touchline::host {
namespace {

using runner::Header;
using Steady = std::chrono::steady_clock;

constexpr std::size_t k_most_printed = 8192;

Error failed(std::string_view what) {
    return Error(
        Code::unavailable,
        "a runner cannot be started: " + std::string(what) + ": " + std::strerror(errno)
    );
}

struct Pair {
    Descriptor ours, theirs;
};

Result<Pair> make_pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return failed("pipe");
    return Pair{Descriptor(ends[0]), Descriptor(ends[1])};
}

Result<Pair> make_socket() {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return failed("socket");
    return Pair{Descriptor(ends[0]), Descriptor(ends[1])};
}

void set_nonblocking(int descriptor) {
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

int milliseconds_until(Steady::time_point until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Steady::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
}

}  // namespace

RunnerProcess::RunnerProcess(SharedMemory host_arena, SharedMemory runner_arena)
    : host_arena_(std::move(host_arena)),
      runner_arena_(std::move(runner_arena)),
      places_(runner::k_host_words_bytes, runner::k_host_arena_bytes - runner::k_host_words_bytes) {
    new (host_arena_.data()) runner::HostWords;
}

Result<std::unique_ptr<RunnerProcess>> RunnerProcess::spawn(
    const std::filesystem::path& program, const std::string& name, int plugin
) {
    TOUCHLINE_TRY(auto arena, SharedMemory::make(runner::k_host_arena_bytes, Writers::host));
    TOUCHLINE_TRY(auto its_arena, SharedMemory::make(runner::k_own_arena_bytes, Writers::both));
    TOUCHLINE_TRY(Pair control, make_socket());
    TOUCHLINE_TRY(Pair log, make_pipe());
    TOUCHLINE_TRY(Pair lifeline, make_pipe());
    std::unique_ptr<RunnerProcess> made(new RunnerProcess(std::move(arena), std::move(its_arena)));
    made->wake_ = Descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!made->wake_.is_open()) return failed("eventfd");
    // A connector that prints without end waits for nobody.
    set_nonblocking(log.theirs.get());
    set_nonblocking(log.ours.get());

    Gifts gifts;
    gifts.give_nothing(0);
    gifts.give(log.theirs.get(), 1);
    gifts.give(log.theirs.get(), 2);
    gifts.give(control.theirs.get(), runner::k_control);
    gifts.give(made->host_arena_.descriptor(), runner::k_host_arena);
    gifts.give(made->runner_arena_.descriptor(), runner::k_own_arena);
    if (plugin >= 0) {
        gifts.give(plugin, runner::k_plugin);
    } else {
        gifts.give_nothing(runner::k_plugin);
    }
    gifts.give(lifeline.ours.get(), runner::k_lifeline);
    if (const int why = gifts.spawn(program, name, made->pid_); why != 0) {
        errno = why;
        if (why != ENOENT && why != EACCES) return failed(program.string());
        return Error(Code::config, program.string() + ": " + std::strerror(why))
            .cure("Install touchline-runner where it belongs: it comes with touchline.");
    }
    made->process_ = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, made->pid_, 0)));
    made->control_ = std::move(control.ours);
    made->log_ = std::move(log.ours);
    made->lifeline_ = std::move(lifeline.theirs);
    return made;
}

RunnerProcess::~RunnerProcess() {
    end();
}

void RunnerProcess::follow_our_thread() {
    const int ours = sched_getcpu();
    if (!shares_processor_ || ours == processor_ || ours < 0 || ours >= CPU_SETSIZE) return;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(ours, &one);
    // Where this is forbidden, it runs as well as the scheduler knows.
    if (sched_setaffinity(pid_, sizeof(one), &one) == 0) processor_ = ours;
}

Result<void> RunnerProcess::send(runner::Op op, std::uint32_t call, std::string_view payload) {
    follow_our_thread();
    Header header;
    header.payload_bytes = static_cast<std::uint32_t>(payload.size());
    header.op = op;
    header.call = call;
    if (payload.size() > runner::k_inline_bytes) {
        TOUCHLINE_TRY(const std::uint64_t place, places_.take(payload.size()));
        reply_place_ = place;
        std::memcpy(arena() + place, payload.data(), payload.size());
        header.in_arena = 1;
        header.arena_offset = place;
        payload = {};
    }
    iovec parts[2] = {
        {&header, sizeof(header)}, {const_cast<char*>(payload.data()), payload.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    // One that asks for more than it takes the answers of must not make us wait.
    while (sendmsg(control_.get(), &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
        if (errno != EINTR) return failed("it does not listen");
    }
    return {};
}

Waited RunnerProcess::wait(Steady::time_point until, FromRunner& out) {
    // What it posted lies in a row: taken without asking each time whether it is there.
    if (const auto taken = take_message(out)) return *taken;
    while (true) {
        pollfd sources[3] = {
            {control_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}, {log_.get(), POLLIN, 0}};
        const int ready = poll(sources, log_.is_open() ? 3 : 2, milliseconds_until(until));
        if (ready < 0 && errno != EINTR) return Waited::gone;
        if (ready <= 0) {
            if (Steady::now() >= until) return Waited::late;
            continue;
        }
        if (sources[2].revents != 0) take_print();
        if (sources[0].revents != 0) {
            if (const auto taken = take_message(out)) return *taken;
        }
        if (sources[1].revents != 0) {
            std::uint64_t count = 0;
            if (read(wake_.get(), &count, sizeof(count)) > 0) return Waited::woken;
        }
    }
}

std::optional<Waited> RunnerProcess::take_message(FromRunner& out) {
    const ssize_t got = recv(control_.get(), packet_, sizeof(packet_), MSG_DONTWAIT | MSG_TRUNC);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
    if (reply_place_) places_.give_back(*reply_place_);
    reply_place_.reset();
    if (got <= 0) {
        take_print();
        return Waited::gone;
    }
    Header header;
    if (static_cast<std::size_t>(got) < sizeof(header) ||
        static_cast<std::size_t>(got) > sizeof(packet_)) {
        return Waited::senseless;
    }
    std::memcpy(&header, packet_, sizeof(header));
    out.op = header.op;
    out.call = header.call;
    if (header.in_arena == 0) {
        out.payload = {packet_ + sizeof(header), static_cast<std::size_t>(got) - sizeof(header)};
        return header.payload_bytes == out.payload.size() ? Waited::message : Waited::senseless;
    }
    if (header.arena_offset > runner_arena_.size() ||
        header.payload_bytes > runner_arena_.size() - header.arena_offset) {
        return Waited::senseless;
    }
    // First copied, then looked at: the runner may change its arena at any moment.
    large_.assign(runner_arena_.data() + header.arena_offset, header.payload_bytes);
    words().taken.fetch_add(1, std::memory_order_release);
    out.payload = large_;
    return Waited::message;
}

void RunnerProcess::take_print() {
    char bytes[4096];
    ssize_t got = 0;
    // Bounded, for a connector that prints faster than we read.
    for (int i = 0; i < 16 && (got = read(log_.get(), bytes, sizeof(bytes))) > 0; ++i) {
        printed_.append(bytes, static_cast<std::size_t>(got));
        if (printed_.size() > 2 * k_most_printed)
            printed_.erase(0, printed_.size() - k_most_printed);
    }
    if (got == 0) log_.reset();
}

void RunnerProcess::wake() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(wake_.get(), &one, sizeof(one));
}

std::chrono::milliseconds RunnerProcess::processor_time() const {
    clockid_t clock{};
    timespec used{};
    if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &used) != 0) return {};
    return std::chrono::floor<std::chrono::milliseconds>(
        std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec)
    );
}

bool RunnerProcess::is_running() const {
    pollfd process{process_.get(), POLLIN, 0};
    return !end_ && poll(&process, 1, 0) == 0;
}

const RunnerProcess::End& RunnerProcess::end() {
    if (end_) return *end_;
    end_.emplace();
    control_.reset();
    siginfo_t info{};
    if (pid_ < 0) return *end_;
    // It may be ending of its own accord, in which case that is what we want to know.
    pollfd process{process_.get(), POLLIN, 0};
    const bool ended = process_.is_open() && poll(&process, 1, 0) > 0;
    if (!ended) kill(pid_, SIGKILL);
    while (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED) != 0 && errno == EINTR) {
    }
    take_print();
    if (info.si_code == CLD_EXITED) {
        end_->exit_code = info.si_status;
        end_->idle = info.si_status == runner::k_exit_idle;
        end_->words = "it ended with exit code " + std::to_string(info.si_status);
    } else {
        end_->signal = info.si_status;
        end_->words = "it was killed by signal " + std::to_string(info.si_status) + " (" +
                      strsignal(info.si_status) + ")";
    }
    return *end_;
}

}  // namespace touchline::host
