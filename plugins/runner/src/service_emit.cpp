#include "services.hpp"
#include "session.hpp"

#include "touchline/runner/received.hpp"

namespace touchline::runner {
namespace {

tl_status page(tl_job* job, const tl_page* sent) noexcept {
    Session& session = Session::of(job);
    const tl_page page = received(*sent);
    session.begin()
        .number(page.format)
        .text(page.stream)
        .number(page.body)
        .text(page.inline_bytes)
        .text(page.records);
    return session.post(Op::page);
}

tl_status bad_record(tl_job* job, const tl_bad_record* sent) noexcept {
    Session& session = Session::of(job);
    const tl_bad_record record = received(*sent);
    session.begin()
        .text(record.stream)
        .text(record.external_id)
        .text(record.bytes)
        .text(record.reason);
    return session.post(Op::bad_record);
}

tl_status checkpoint(tl_job* job, const tl_checkpoint* sent) noexcept {
    Session& session = Session::of(job);
    const tl_checkpoint checkpoint = received(*sent);
    session.begin().number(checkpoint.state_version).text(checkpoint.stream).text(checkpoint.state);
    return session.post(Op::checkpoint);
}

tl_status item(tl_job* job, const tl_item* sent) noexcept {
    Session& session = Session::of(job);
    const tl_item item = received(*sent);
    session.begin()
        .number(item.status)
        .number(item.index)
        .number(item.retry_after_ms)
        .text(item.message)
        .text(item.bytes);
    return session.post(Op::item);
}

}  // namespace

const tl_emit_1* emit_service() {
    static constexpr tl_emit_1 k_table{sizeof(tl_emit_1), 0, &page, &bad_record, &checkpoint};
    return &k_table;
}

const tl_result_1* result_service() {
    static constexpr tl_result_1 k_table{sizeof(tl_result_1), 0, &item};
    return &k_table;
}

}  // namespace touchline::runner
