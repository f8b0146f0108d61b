#include "touchline/deliver/schedule.hpp"

#include <algorithm>

namespace touchline::deliver {

using std::chrono::milliseconds;

std::optional<milliseconds> RetrySchedule::wait_after(
    std::uint32_t attempts, std::optional<milliseconds> retry_after, double random
) const {
    if (attempts >= waits.size()) return std::nullopt;
    const milliseconds wait = waits[attempts];
    const milliseconds asked =
        std::min<milliseconds>(retry_after.value_or(milliseconds(0)), retry_after_max);
    const auto base = std::max(wait, asked);
    return base + milliseconds(std::int64_t(double(base.count()) * jitter * random));
}

}  // namespace touchline::deliver
