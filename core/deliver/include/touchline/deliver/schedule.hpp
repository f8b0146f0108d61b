// When a failed delivery is tried again, and when it is given up.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

namespace touchline::deliver {

/// The waits that Standard Webhooks recommends: before the first attempt, the second, … Ten
/// attempts in about three days.
inline constexpr auto k_standard_waits = std::to_array<std::chrono::seconds>({
    std::chrono::seconds(0),
    std::chrono::seconds(5),
    std::chrono::minutes(5),
    std::chrono::minutes(30),
    std::chrono::hours(2),
    std::chrono::hours(5),
    std::chrono::hours(10),
    std::chrono::hours(14),
    std::chrono::hours(20),
    std::chrono::hours(24),
});

/// Refers to its waits, which have to outlive it.
struct RetrySchedule {
    std::span<const std::chrono::seconds> waits = k_standard_waits;
    /// A wait is lengthened by up to this share of itself, so that receivers are not hit by
    /// everybody at once.
    double jitter = 0.1;
    /// What a receiver may ask for at most.
    std::chrono::seconds retry_after_max = std::chrono::hours(24);

    /// How long to wait when `attempts` (1 and more) have failed; nothing when that was the last.
    /// What the receiver asked for lengthens the wait and never shortens it. `random` is in [0, 1).
    std::optional<std::chrono::milliseconds> wait_after(
        std::uint32_t attempts, std::optional<std::chrono::milliseconds> retry_after, double random
    ) const;
};

}  // namespace touchline::deliver
