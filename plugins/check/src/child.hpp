// Runs one test in a process of its own.
#pragma once

#include "touchline/check/check.hpp"

#include <chrono>
#include <functional>

namespace touchline::check {

/// Forks, runs `test` there and waits for its finding; a crash and the end of `limit` are findings
/// too. What the child prints is kept out of sight; its last lines explain a crash.
Finding run_in_child(const std::function<Finding()>& test, std::chrono::milliseconds limit);

/// In a child: what was printed so far, by anyone in the process.
std::string printed_so_far();

}  // namespace touchline::check
