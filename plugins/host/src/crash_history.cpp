#include "crash_history.hpp"

#include <algorithm>

namespace touchline::host {

std::chrono::milliseconds CrashHistory::crashed(const std::string& place, Moment now) {
    if (place != place_) at_place_ = 0;
    place_ = place;
    ++at_place_;
    auto delay = k_first_delay;
    for (int i = 0; i < in_a_row_ && delay < k_longest_delay; ++i) delay *= 4;
    delay = std::min(delay, k_longest_delay);
    ++in_a_row_;
    not_before_ = now + delay;
    return delay;
}

void CrashHistory::survived(const std::string& place) {
    in_a_row_ = 0;
    not_before_ = {};
    if (place == place_) at_place_ = 0;
}

std::optional<std::chrono::milliseconds> CrashHistory::wait(Moment now) const {
    if (in_a_row_ == 0 || now >= not_before_) return std::nullopt;
    return std::chrono::ceil<std::chrono::milliseconds>(not_before_ - now);
}

bool CrashHistory::is_suspended_at(const std::string& place) const {
    return place == place_ && at_place_ >= most_;
}

void CrashHistory::recall(std::string place, int crashes) {
    place_ = std::move(place);
    at_place_ = crashes;
}

}  // namespace touchline::host
