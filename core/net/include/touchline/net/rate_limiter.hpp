// How much may be asked of one account: a bucket, the server's own limits and a quota a day, shared
// by all connections and streams of the account.
#pragma once

#include "touchline/base/guarded.hpp"
#include "touchline/base/result.hpp"
#include "touchline/base/time.hpp"
#include "touchline/net/allowance.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace touchline::net {

struct RateLimit {
    double per_second = 0;  ///< 0 means unlimited.
    int burst = 1;
    int at_once = 0;            ///< requests that may be under way; 0 means any number
    std::uint64_t per_day = 0;  ///< by UTC; 0 means unlimited
    double for_people = 0.2;    ///< the part of the server's limits that is never used up
};

/// Requests counted by day, where a restart does not forget them.
struct DayCount {
    std::int64_t day = 0;  ///< since 1970, UTC
    std::uint64_t requests = 0;
};
class QuotaBook {
public:
    QuotaBook() = default;
    QuotaBook(const QuotaBook&) = delete;
    QuotaBook& operator=(const QuotaBook&) = delete;
    virtual ~QuotaBook() = default;
    virtual DayCount load() = 0;
    virtual Result<void> save(const DayCount& count) = 0;
};

/// Thread-safe. The clock outlives it.
class RateLimiter {
public:
    /// Without a book, the day's count begins with the process.
    RateLimiter(RateLimit limit, const Clock& clock, std::unique_ptr<QuotaBook> book = nullptr);

    /// Takes the next place and says how long to wait for it; zero when it is free now.
    std::chrono::milliseconds reserve();
    /// The server asked for silence: nobody's place begins before `duration` has passed.
    void pause(std::chrono::milliseconds duration);
    /// What an answer says about the server's limits. Once one of them is down to the part that is
    /// left to people, there is silence until it resets.
    void learn(const Headers& headers);

    /// Lets go of its place when it goes away.
    class Slot {
    public:
        Slot() = default;
        explicit Slot(RateLimiter* limiter) : limiter_(limiter) {}
        Slot(Slot&& other) noexcept : limiter_(std::exchange(other.limiter_, nullptr)) {}
        Slot& operator=(Slot&&) = delete;
        ~Slot();

    private:
        RateLimiter* limiter_ = nullptr;
    };
    /// Waits until fewer than `at_once` requests are under way. Error: cancelled.
    Result<Slot> enter(std::stop_token stop);

    /// Why nobody's place begins yet, for people; empty: it may.
    std::string reason() const;

private:
    struct State {
        std::chrono::steady_clock::time_point next;
        std::chrono::steady_clock::time_point paused_until;
        std::string reason;
        DayCount today;
        std::uint64_t written = 0;  ///< how many of the day's requests the book has counted ahead
    };

    std::chrono::steady_clock::time_point day_allows(State& state);
    void leave();

    const RateLimit limit_;
    const Clock& clock_;
    const std::unique_ptr<QuotaBook> book_;
    Guarded<State> state_;
    std::mutex slots_mutex_;
    std::condition_variable_any slot_free_;
    int under_way_ = 0;  // guarded by slots_mutex_
};

/// A small file; its folder is made when it is missing.
std::unique_ptr<QuotaBook> make_quota_file(std::string file);

}  // namespace touchline::net
