#include "services.hpp"
#include "status.hpp"

#include "touchline/base/log.hpp"

#include <algorithm>
#include <chrono>

namespace touchline::host {

namespace {

using std::chrono::milliseconds;

constexpr std::uint32_t k_most_log_lines = 1000;

std::int32_t cancelled(tl_job* job) noexcept {
    return stopped(job) ? 1 : 0;
}

std::int64_t now_unix_ms(tl_job* job) noexcept {
    const Time now = Job::of(job).instance.services().clock.now();
    return std::chrono::floor<milliseconds>(now.time_since_epoch()).count();
}

std::int64_t monotonic_ms(tl_job* job) noexcept {
    const auto now = Job::of(job).instance.services().clock.steady();
    return std::chrono::floor<milliseconds>(now.time_since_epoch()).count();
}

tl_status sleep_until(tl_job* raw, std::int64_t until) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    const std::int64_t now = monotonic_ms(raw);
    if (until <= now) return TL_OK;
    return job.instance.services().sleeper.sleep(milliseconds(until - now), job.stop)
               ? TL_OK
               : TL_CANCELLED;
}

void write_log(
    tl_job* job, std::int32_t level, tl_str message, const tl_pair* fields, std::uint64_t count
) noexcept {
    const std::uint32_t number = ++Job::of(job).log_lines;
    if (number > k_most_log_lines) return;
    std::string line = tame(message);
    if (number == k_most_log_lines) line = "the connector logs too much; the rest is left out";
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(count, 16); ++i) {
        line += " " + tame(fields[i].name) + "=" + tame(fields[i].value);
    }
    const auto as = level <= TL_LOG_DEBUG     ? LogLevel::debug
                    : level == TL_LOG_INFO    ? LogLevel::info
                    : level == TL_LOG_WARNING ? LogLevel::warning
                                              : LogLevel::error;
    log(as, line, {{"connection", Job::of(job).instance.id()}});
}

void error(
    tl_job* raw, tl_status status, tl_str code, tl_str message, std::int64_t retry_after_ms
) noexcept {
    std::string words = tame(message);
    if (code.n > 0) words += " [" + tame(code) + "]";
    Error said(to_code(status), std::move(words));
    if (retry_after_ms >= 0) said = std::move(said).after(milliseconds(retry_after_ms));
    Job::of(raw).explain(status, std::move(said));
}

}  // namespace

const tl_run_1* run_service() {
    static constexpr tl_run_1 k_table{
        sizeof(tl_run_1),
        0,
        &cancelled,
        &now_unix_ms,
        &monotonic_ms,
        &sleep_until,
        &write_log,
        &error};
    return &k_table;
}

}  // namespace touchline::host
