// How strangers' connectors are kept apart: each lives in a runner, a process of its own with walls
// around it. docs/adr/0008-runners.md says what the walls hold against.
#pragma once

#include "touchline/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::host {

/// What one runner may use; the defaults of the configuration are these. All but `memory_bytes` are
/// enforced by the host.
struct RunnerLimits {
    std::uint64_t memory_bytes = 512ULL << 20U;      ///< of its own, beside the arenas
    std::chrono::milliseconds start{10'000};         ///< from its start until it is ready
    std::chrono::milliseconds silence{60'000};       ///< between two of its messages during a call
    std::chrono::milliseconds call{6 * 3'600'000};   ///< one call, from begin to end
    std::chrono::milliseconds processor{1'800'000};  ///< processor time of one call
    std::chrono::milliseconds grace{5'000};          ///< to return once the call is cancelled
    std::chrono::milliseconds idle{60'000};          ///< without a call, it ends
    int crashes = 3;  ///< at one place, and the connection is suspended
};

struct Isolation {
    std::filesystem::path runner;      ///< the program touchline-runner
    std::vector<std::string> require;  ///< names of walls without which nothing is loaded
    RunnerLimits limits;
    std::filesystem::path crash_reports;  ///< folder; empty: none are kept
};

/// A wall around a runner, and whether it stands on this machine.
struct Wall {
    std::string name;     ///< as in `isolation.require`
    std::string meaning;  ///< for people
    bool stands = false;
    std::string why_not;  ///< of one that does not stand
};

/// The names that `isolation.require` may have.
std::vector<std::string> wall_names();
/// Starts a runner without a connector, to see which walls stand. Errors: config (the program is
/// not there), unavailable.
Result<std::vector<Wall>> probe_walls(const Isolation& isolation);

/// Lets a connection that was suspended after crashes try again, also one of another process.
/// False: there was no report of it.
bool resume(const Isolation& isolation, const std::string& connection);

}  // namespace touchline::host
