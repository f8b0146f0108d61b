#include "touchline/net/rate_limiter.hpp"

#include <algorithm>

namespace touchline::net {

namespace {

using Steady = std::chrono::steady_clock;

/// The book counts so many requests ahead: a crash loses at most these of a day's quota, and never
/// spends one twice.
constexpr std::uint64_t k_counted_ahead = 20;

std::int64_t day_of(Time time) {
    return std::chrono::floor<std::chrono::days>(time).time_since_epoch().count();
}

}  // namespace

RateLimiter::RateLimiter(RateLimit limit, const Clock& clock, std::unique_ptr<QuotaBook> book)
    : limit_(limit), clock_(clock), book_(std::move(book)) {
    if (!book_ || limit_.per_day == 0) return;
    const DayCount counted = book_->load();
    state_.with([&](State& state) {
        state.today = counted;
        state.written = counted.requests;
    });
}

// The generic cell rate algorithm: `next` is when the bucket would be full again, had nobody called
// since.
std::chrono::milliseconds RateLimiter::reserve() {
    const auto now = clock_.steady();
    return state_.with([&](State& state) {
        const auto earliest = std::max({now, state.paused_until, day_allows(state)});
        auto begin = earliest;
        if (limit_.per_second > 0) {
            const auto gap = std::chrono::duration_cast<Steady::duration>(
                std::chrono::duration<double>(1.0 / limit_.per_second)
            );
            state.next = std::max(state.next, earliest);
            begin = std::max(earliest, state.next - gap * (std::max(limit_.burst, 1) - 1));
            state.next += gap;
        }
        return std::chrono::ceil<std::chrono::milliseconds>(begin - now);
    });
}

/// When the day's quota lets one request more go; counts it when that is now.
Steady::time_point RateLimiter::day_allows(State& state) {
    if (limit_.per_day == 0) return {};
    const Time now = clock_.now();
    if (state.today.day != day_of(now)) {
        state.today = {day_of(now), 0};
        state.written = 0;
    }
    if (state.today.requests >= limit_.per_day) {
        const Time midnight = Time(std::chrono::days(state.today.day + 1));
        state.reason =
            "the day's quota of " + std::to_string(limit_.per_day) + " requests is used up";
        state.paused_until = std::max(state.paused_until, clock_.steady() + (midnight - now));
        return state.paused_until;
    }
    ++state.today.requests;
    if (book_ && state.today.requests > state.written) {
        state.written = state.today.requests + k_counted_ahead - 1;
        // A book that cannot be written forgets a restart's count; requests go on.
        static_cast<void>(book_->save({state.today.day, state.written}));
    }
    return {};
}

void RateLimiter::pause(std::chrono::milliseconds duration) {
    const auto until = clock_.steady() + duration;
    state_.with([&](State& state) {
        if (until <= state.paused_until) return;
        state.paused_until = until;
        state.reason = "the server asked for a pause";
    });
}

void RateLimiter::learn(const Headers& headers) {
    const Time now = clock_.now();
    for (const Allowance& allowance : read_allowances(headers, now)) {
        const double kept = std::max(1.0, allowance.limit * limit_.for_people);
        if (allowance.remaining > kept || allowance.limit <= 1) continue;
        const auto until = clock_.steady() + (allowance.resets_at - now);
        state_.with([&](State& state) {
            if (until <= state.paused_until) return;
            state.paused_until = until;
            state.reason = "the server's limit (" + allowance.name +
                           ") is used up to the part that is kept for people";
        });
    }
}

Result<RateLimiter::Slot> RateLimiter::enter(std::stop_token stop) {
    if (limit_.at_once <= 0) return Slot();
    std::unique_lock lock(slots_mutex_);
    if (!slot_free_.wait(lock, stop, [this] { return under_way_ < limit_.at_once; }))
        return Error(Code::cancelled, "the call was cancelled");
    ++under_way_;
    return Slot(this);
}

RateLimiter::Slot::~Slot() {
    if (limiter_ != nullptr) limiter_->leave();
}

void RateLimiter::leave() {
    {
        const std::lock_guard lock(slots_mutex_);
        --under_way_;
    }
    slot_free_.notify_one();
}

std::string RateLimiter::reason() const {
    const auto now = clock_.steady();
    return state_.with([&](const State& state) {
        return state.paused_until > now ? state.reason : std::string();
    });
}

}  // namespace touchline::net
