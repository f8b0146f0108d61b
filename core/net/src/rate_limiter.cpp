#include "touchline/net/rate_limiter.hpp"

#include <algorithm>

namespace touchline::net {

RateLimiter::RateLimiter(RateLimit limit, const Clock& clock) : limit_(limit), clock_(clock) {}

// The generic cell rate algorithm: `next` is when the bucket would be full again, had nobody called
// since.
std::chrono::milliseconds RateLimiter::reserve() {
    using Duration = std::chrono::steady_clock::duration;
    const auto now = clock_.steady();
    return state_.with([&](State& state) {
        const auto earliest = std::max(now, state.paused_until);
        auto begin = earliest;
        if (limit_.per_second > 0) {
            const auto gap = std::chrono::duration_cast<Duration>(
                std::chrono::duration<double>(1.0 / limit_.per_second)
            );
            state.next = std::max(state.next, earliest);
            begin = std::max(earliest, state.next - gap * (std::max(limit_.burst, 1) - 1));
            state.next += gap;
        }
        return std::chrono::ceil<std::chrono::milliseconds>(begin - now);
    });
}

void RateLimiter::pause(std::chrono::milliseconds duration) {
    const auto until = clock_.steady() + duration;
    state_.with([&](State& state) { state.paused_until = std::max(state.paused_until, until); });
}

}  // namespace touchline::net
