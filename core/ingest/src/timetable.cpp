#include "touchline/ingest/timetable.hpp"

#include <algorithm>

namespace touchline::ingest {

Timetable::Timetable(const std::vector<std::pair<std::string, Duration>>& schedules, Time now) {
    for (const auto& [name, schedule] : schedules) streams_.push_back({name, schedule, now});
}

Timetable::Time Timetable::due() const {
    Time first = queue_.empty() ? Time::max() : turn_ended_;
    for (const Stream& stream : streams_) first = std::min(first, stream.due);
    return first;
}

bool Timetable::others_wait(Time now) const {
    return queue_.size() > 1 ||
           std::ranges::any_of(streams_, [&](const Stream& stream) { return stream.due <= now; });
}

void Timetable::want_all(Time now) {
    for (Stream& stream : streams_) stream.due = now;
}

std::vector<std::string> Timetable::begin_turn(Time now) {
    std::vector<std::string> fresh;
    for (Stream& stream : streams_) {
        if (stream.due > now) continue;
        stream.due = Time::max();
        if (std::ranges::find(queue_, stream.name) == queue_.end()) fresh.push_back(stream.name);
    }
    queue_.insert(queue_.begin(), fresh.begin(), fresh.end());
    return queue_;
}

void Timetable::end_turn(const std::vector<std::string>& left, Time now) {
    for (const std::string& name : queue_) {
        if (std::ranges::find(left, name) != left.end()) continue;
        Stream* stream = find(name);
        if (stream->schedule.count() > 0)
            stream->due = std::min(stream->due, now + stream->schedule);
    }
    queue_ = left;
    // The one that had its turn lets the others go first.
    if (queue_.size() > 1) std::rotate(queue_.begin(), queue_.begin() + 1, queue_.end());
    turn_ended_ = now;
}

void Timetable::retry(const std::string& stream, Time at) {
    if (Stream* found = find(stream)) found->due = std::min(found->due, at);
}

Timetable::Stream* Timetable::find(const std::string& name) {
    const auto found = std::ranges::find(streams_, name, &Stream::name);
    return found == streams_.end() ? nullptr : &*found;
}

}  // namespace touchline::ingest
