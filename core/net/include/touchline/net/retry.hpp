// When to try again and how long to wait first: pure decisions, and the wait as an interface.
#pragma once

#include "touchline/base/time.hpp"
#include "touchline/net/http_client.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>

namespace touchline::net {

struct RetryPolicy {
    int attempts = 5;  ///< The first one included.
    std::chrono::milliseconds first_delay{500};
    std::chrono::milliseconds longest_delay{60'000};
    std::chrono::milliseconds budget{300'000};  ///< From the first attempt to the last one's start.
};

/// GET, HEAD, OPTIONS, TRACE, PUT and DELETE (RFC 9110, section 9.2.2).
bool is_idempotent(std::string_view method);
/// 408, 425, 429 and 5xx other than 501 and 505.
bool is_retryable_status(int status);
/// Connection failures and timeouts; not a refusal, a bad certificate or a cancellation.
bool is_retryable_error(const Error& error);
/// Seconds or an HTTP date (RFC 9110, section 10.2.3); never negative, at most a day.
std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view value, Time now);
/// "Sun, 06 Nov 1994 08:49:37 GMT" and the two obsolete forms (RFC 9110, section 5.6.7). Error:
/// bad_data.
Result<Time> parse_http_date(std::string_view text);
std::string format_http_date(Time time);

/// How long to wait after `failures` failed attempts, `elapsed` since the first one began; nothing
/// when it is over. Exponential backoff with full jitter; `random` is in [0, 1). The server's own
/// wish is a lower bound.
std::optional<std::chrono::milliseconds> next_delay(
    const RetryPolicy& policy,
    int failures,
    std::chrono::milliseconds elapsed,
    std::optional<std::chrono::milliseconds> retry_after,
    double random
);

class Sleeper {
public:
    Sleeper() = default;
    Sleeper(const Sleeper&) = delete;
    Sleeper& operator=(const Sleeper&) = delete;
    virtual ~Sleeper() = default;
    /// False when `stop` ended the wait. Any thread.
    virtual bool sleep(std::chrono::milliseconds duration, std::stop_token stop) = 0;
};

std::unique_ptr<Sleeper> make_sleeper();

}  // namespace touchline::net
