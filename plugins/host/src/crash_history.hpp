// What is done after a connector's runner has crashed: wait longer each time, and stop after some
// crashes at one place. Pure decisions.
#pragma once

#include "touchline/base/time.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace touchline::host {

class CrashHistory {
public:
    static constexpr std::chrono::milliseconds k_first_delay{1'000};
    static constexpr std::chrono::milliseconds k_longest_delay{300'000};

    using Moment = std::chrono::steady_clock::time_point;

    /// `most`: crashes at one place, and no attempt after them.
    explicit CrashHistory(int most) : most_(most) {}

    /// A place is what the call began with: the stream and its checkpoint, or a webhook. Returns
    /// how long to wait before the next attempt.
    std::chrono::milliseconds crashed(const std::string& place, Moment now);
    /// A call went through: its place is past, and so are the delays.
    void survived(const std::string& place);
    /// How long to wait still; nothing when it may start.
    std::optional<std::chrono::milliseconds> wait(Moment now) const;
    bool is_suspended_at(const std::string& place) const;
    int crashes() const { return at_place_; }
    int most() const { return most_; }
    /// As somebody has looked into it.
    void forget() { *this = CrashHistory(most_); }
    /// What an earlier process has seen.
    void recall(std::string place, int crashes);

private:
    int most_;
    std::string place_;
    int at_place_ = 0;
    int in_a_row_ = 0;
    Moment not_before_{};
};

}  // namespace touchline::host
