// When the streams of one connection are to be read: each by its own schedule, one after the other
// in runs, and a run in turns, so that a long back-fill keeps nothing waiting.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace touchline::ingest {

/// Pure: time comes in with each call. Not for several threads.
class Timetable {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::milliseconds;

    /// How often each stream is read, counted from the end of its last read; 0: only when asked
    /// for. All are due `now`, in this order.
    Timetable(const std::vector<std::pair<std::string, Duration>>& schedules, Time now);

    /// The first moment at which a turn is wanted; Time::max() for never.
    Time due() const;
    /// A run has begun and is not at its end.
    bool is_running() const { return !queue_.empty(); }
    /// Whether another stream than the one being read has something to do.
    bool others_wait(Time now) const;

    /// All streams are due at once.
    void want_all(Time now);
    /// The streams of the turn that begins now, in order: what became due meanwhile comes before
    /// what gave way.
    std::vector<std::string> begin_turn(Time now);
    /// What the turn left unread; the rest has its next time by its schedule.
    void end_turn(const std::vector<std::string>& left, Time now);
    /// Ends the run where it is.
    void abandon(Time now) { end_turn({}, now); }
    /// Not later than this, whatever the schedule says.
    void retry(const std::string& stream, Time at);

private:
    struct Stream {
        std::string name;
        Duration schedule{0};
        Time due;
    };

    Stream* find(const std::string& name);

    std::vector<Stream> streams_;
    std::vector<std::string> queue_;  ///< of the run that is under way
    Time turn_ended_;
};

}  // namespace touchline::ingest
