// One runner: the child process, the socket to it, and the memory shared with it. It is killed with
// its owner. Not thread-safe, but for wake().
#pragma once

#include "descriptor.hpp"
#include "shared_memory.hpp"

#include "touchline/base/result.hpp"
#include "touchline/runner/protocol.hpp"
#include "touchline/runner/start.hpp"

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace touchline::host {

struct FromRunner {
    runner::Op op = runner::Op::returned;
    std::uint32_t call = 0;
    std::string_view payload;  ///< a copy that the runner cannot change; valid until the next wait
};

enum class Waited {
    message,
    woken,      ///< by wake()
    late,       ///< nothing came until the given time
    gone,       ///< it has ended
    senseless,  ///< it sent what no runner sends
};

class RunnerProcess {
public:
    /// Starts the program with an empty environment and nothing open but what it is given: the
    /// plugin's descriptor, or -1 for none. `name` is for process lists. Errors: config (there is
    /// no such program), unavailable.
    static Result<std::unique_ptr<RunnerProcess>> spawn(
        const std::filesystem::path& program, const std::string& name, int plugin
    );
    RunnerProcess(const RunnerProcess&) = delete;
    RunnerProcess& operator=(const RunnerProcess&) = delete;
    ~RunnerProcess();

    /// From now on it runs on the processor of the thread that sends to it. The two take turns, so
    /// that a second processor would only have to be woken and to fetch into its caches what the
    /// first one has; and the scheduler, which moves our thread, moves both. Not for those with
    /// threads.
    void share_processor() { shares_processor_ = true; }
    /// Errors: denied (more than the arena holds), unavailable (it is gone, or does not listen).
    Result<void> send(runner::Op op, std::uint32_t call, std::string_view payload);
    /// Waits for the next message, but not beyond `until`.
    Waited wait(std::chrono::steady_clock::time_point until, FromRunner& out);
    /// Ends a wait; any thread.
    void wake();

    /// Memory that the runner can read and the host alone can write.
    char* arena() const { return host_arena_.data(); }
    Places& places() { return places_; }
    runner::HostWords& words() const {
        return *reinterpret_cast<runner::HostWords*>(host_arena_.data());
    }

    /// What it has used so far.
    std::chrono::milliseconds processor_time() const;
    pid_t pid() const { return pid_; }
    bool is_running() const;
    /// Ends it, if it has not ended, and says how it ended: "it was killed by signal 11
    /// (Segmentation fault)".
    struct End {
        bool idle = false;  ///< of its own accord, as there was nothing to do
        int signal = 0;
        int exit_code = 0;
        std::string words;
    };
    const End& end();
    /// The last of what it printed.
    std::string_view printed() const { return printed_; }

private:
    RunnerProcess(SharedMemory host_arena, SharedMemory runner_arena);
    void follow_our_thread();
    /// Nothing: there is none yet.
    std::optional<Waited> take_message(FromRunner& out);
    void take_print();

    SharedMemory host_arena_, runner_arena_;
    Places places_;
    Descriptor control_, log_, lifeline_, wake_, process_;
    pid_t pid_ = -1;
    bool shares_processor_ = false;
    int processor_ = -1;
    std::optional<End> end_;
    std::optional<std::uint64_t> reply_place_;  ///< of a large message, until the runner answers
    std::string large_, printed_;
    alignas(runner::Header) char packet_[runner::k_packet_bytes];
};

}  // namespace touchline::host
