// One call to a runner, from its question to its answer: serves what the connector asks for
// meanwhile, and watches that it stays within its limits.
#pragma once

#include "call_server.hpp"

#include "touchline/host/isolation.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace touchline::host {

class Conversation {
public:
    /// `number` tells the process's calls apart.
    Conversation(
        Job& job, RunnerProcess& process, const RunnerLimits& limits, std::uint32_t number
    );
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    enum class End {
        returned,   ///< with a status
        cancelled,  ///< it was asked to stop, and had to be made to
        idle,       ///< the runner had ended before it took the call, as there was nothing to do
        crashed,    ///< it is of no more use, and `how` says why
    };
    struct Outcome {
        End end = End::returned;
        tl_status status = TL_OK;
        std::string how;
    };
    Outcome hold(runner::Op op, std::string_view payload);
    /// What the connector asked for last.
    const std::string& last_asked() const { return server_.last_asked(); }

private:
    using Moment = std::chrono::steady_clock::time_point;

    std::optional<Outcome> step();
    std::optional<Outcome> take(const FromRunner& message);
    Outcome too_late();
    Outcome gone();
    static Outcome crashed(std::string how);
    bool is_stopped() const { return job_.stop.stop_requested(); }
    void wait_anew();

    Job& job_;
    RunnerProcess& process_;
    const RunnerLimits& limits_;
    const std::uint32_t number_;
    CallServer server_;
    const Moment last_moment_;                ///< of the whole call
    Moment stop_moment_ = Moment::max();      ///< of one that was asked to stop
    Moment until_;                            ///< something has to happen
    Moment processor_again_ = Moment::min();  ///< when to look at what it uses
    const std::chrono::milliseconds processor_before_;
    bool heard_ = false;
};

}  // namespace touchline::host
