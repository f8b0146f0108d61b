#include "touchline/net/retry.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <condition_variable>
#include <mutex>

namespace touchline::net {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds k_longest_wish = std::chrono::hours(24);

class RealSleeper final : public Sleeper {
public:
    bool sleep(milliseconds duration, std::stop_token stop) override {
        std::mutex mutex;
        std::condition_variable_any woken;
        std::unique_lock lock(mutex);
        woken.wait_for(lock, stop, duration, [] { return false; });
        return !stop.stop_requested();
    }
};

}  // namespace

bool is_idempotent(std::string_view method) {
    static constexpr std::array<std::string_view, 6> k_methods{
        "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};
    return std::ranges::count(k_methods, method) > 0;
}

bool is_retryable_status(int status) {
    if (status == 408 || status == 425 || status == 429) return true;
    return status >= 500 && status <= 599 && status != 501 && status != 505;
}

bool is_retryable_error(const Error& error) {
    return error.code() == Code::unavailable || error.code() == Code::timeout ||
           error.code() == Code::retry;
}

std::optional<milliseconds> parse_retry_after(std::string_view value, Time now) {
    value = trim(value);
    const bool digits =
        !value.empty() && std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
    if (digits) {
        long seconds = 0;
        const auto parsed = std::from_chars(value.data(), value.data() + value.size(), seconds);
        const long most = std::chrono::seconds(std::chrono::hours(24)).count();
        if (parsed.ec != std::errc()) return k_longest_wish;
        return std::chrono::seconds(std::min(seconds, most));
    }
    const auto date = parse_http_date(value);
    if (!date) return std::nullopt;
    const auto wait = std::chrono::ceil<milliseconds>(*date - now);
    return std::clamp(wait, milliseconds(0), k_longest_wish);
}

std::optional<milliseconds> next_delay(
    const RetryPolicy& policy,
    int failures,
    milliseconds elapsed,
    std::optional<milliseconds> retry_after,
    double random
) {
    if (failures >= policy.attempts) return std::nullopt;
    const double first = static_cast<double>(policy.first_delay.count());
    const double longest = static_cast<double>(policy.longest_delay.count());
    const double ceiling = std::min(longest, first * std::exp2(std::min(failures - 1, 40)));
    auto delay = milliseconds(std::llround(ceiling * random));
    // Jitter on top of the server's wish, so that callers who were all told the same second do not
    // return together.
    if (retry_after) delay += *retry_after;
    if (elapsed + delay > policy.budget) return std::nullopt;
    return delay;
}

std::unique_ptr<Sleeper> make_sleeper() {
    return std::make_unique<RealSleeper>();
}

}  // namespace touchline::net
