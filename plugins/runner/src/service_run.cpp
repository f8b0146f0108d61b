#include "services.hpp"
#include "session.hpp"

namespace touchline::runner {
namespace {

std::int32_t cancelled(tl_job* job) noexcept {
    return Session::of(job).channel().words().cancelled.load(std::memory_order_relaxed) == 0 ? 0
                                                                                             : 1;
}

std::int64_t clock(tl_job* job, Op which) noexcept {
    Session& session = Session::of(job);
    session.begin();
    return session.ask(which).rest.number<std::int64_t>();
}

std::int64_t now_unix_ms(tl_job* job) noexcept {
    return clock(job, Op::now_unix_ms);
}

std::int64_t monotonic_ms(tl_job* job) noexcept {
    return clock(job, Op::monotonic_ms);
}

tl_status sleep_until(tl_job* job, std::int64_t until) noexcept {
    Session& session = Session::of(job);
    session.begin().number(until);
    return session.ask(Op::sleep_until).status;
}

void write_log(
    tl_job* job, std::int32_t level, tl_str message, const tl_pair* fields, std::uint64_t count
) noexcept {
    Session& session = Session::of(job);
    session.begin().number(level).text(message).pairs(fields, count);
    session.tell(Op::log);
}

void error(
    tl_job* job, tl_status status, tl_str code, tl_str message, std::int64_t retry_after_ms
) noexcept {
    Session& session = Session::of(job);
    session.begin().number(status).text(code).text(message).number(retry_after_ms);
    session.tell(Op::error);
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

}  // namespace touchline::runner
