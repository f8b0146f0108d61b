// Spoils cassettes at random until a connector falls over; a seed brings each case back.
#pragma once

#include "touchline/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace touchline::check {

struct FuzzOptions {
    std::filesystem::path plugin, cassettes;
    std::uint64_t seed = 1;
    std::uint64_t runs = 1000;
    std::chrono::milliseconds limit{10'000};              ///< for a batch of runs
    std::function<void(std::uint64_t done)> on_progress;  ///< may be empty
};

struct FuzzFall {
    std::uint64_t seed = 0;  ///< fuzz again with this seed and one run
    std::string message;     ///< how it fell
    std::string cassette;    ///< the one it fell on, as text
};

/// What it fell on first, or nothing. Reads, webhooks and checks are tried; each batch of runs in a
/// process of its own. Call it from a process with one thread.
Result<std::optional<FuzzFall>> fuzz(const FuzzOptions& options);

}  // namespace touchline::check
