// The walls around a runner, between their bits and their names.
#pragma once

#include "touchline/host/isolation.hpp"
#include "touchline/runner/start.hpp"

namespace touchline::host {

std::vector<Wall> walls_of(const runner::StartReport& report);
/// Error denied: a required wall does not stand, and why; config: there is no such wall.
Result<void> check_walls(
    const std::vector<std::string>& required, const runner::StartReport& report
);

/// Starts a process with an order and waits until it is ready. Errors: config (it refused to
/// start), unavailable, timeout.
class RunnerProcess;
Result<runner::StartReport> start_runner(
    RunnerProcess& process, const runner::StartOrder& order, std::chrono::milliseconds most
);

}  // namespace touchline::host
