// A token bucket that all connections of one account share.
#pragma once

#include "touchline/base/guarded.hpp"
#include "touchline/base/time.hpp"

#include <chrono>
#include <memory>

namespace touchline::net {

struct RateLimit {
    double per_second = 0;  ///< 0 means unlimited.
    int burst = 1;
};

/// Thread-safe. The clock outlives it.
class RateLimiter {
public:
    RateLimiter(RateLimit limit, const Clock& clock);

    /// Takes the next place and says how long to wait for it; zero when it is free now.
    std::chrono::milliseconds reserve();
    /// The server asked for silence: nobody's place begins before `duration` has passed.
    void pause(std::chrono::milliseconds duration);

private:
    struct State {
        std::chrono::steady_clock::time_point next;
        std::chrono::steady_clock::time_point paused_until;
    };

    RateLimit limit_;
    const Clock& clock_;
    Guarded<State> state_;
};

}  // namespace touchline::net
