// Points in time, their RFC 3339 text, and the clock as an interface so that tests own it.
#pragma once

#include "touchline/base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace touchline {

/// Microseconds since 1970-01-01T00:00:00Z.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// RFC 3339 with any offset ("2026-10-02T09:14:00+02:00"); a space may stand for the T, as
/// section 5.6 allows. Years 0001 to 9999; digits beyond microseconds are cut. Error: bad_data.
Result<Time> parse_rfc3339(std::string_view text);
/// Always UTC; a fraction only when there is one: "2026-10-02T07:14:00Z".
std::string format_rfc3339(Time time);

class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;
    virtual Time now() const = 0;
    /// Never goes back; for deadlines and durations.
    virtual std::chrono::steady_clock::time_point steady() const = 0;
};

class SystemClock final : public Clock {
public:
    Time now() const override;
    std::chrono::steady_clock::time_point steady() const override;
};

/// For tests: stands still until told to move.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Time start) : now_(start) {}
    Time now() const override { return now_; }
    std::chrono::steady_clock::time_point steady() const override {
        return std::chrono::steady_clock::time_point(now_.time_since_epoch());
    }
    void advance(std::chrono::microseconds by) { now_ += by; }

private:
    Time now_;
};

}  // namespace touchline
