#include "services.hpp"
#include "session.hpp"

namespace touchline::runner {
namespace {

tl_status make(tl_job* job, tl_str bytes, tl_body* out) noexcept {
    Session& session = Session::of(job);
    session.begin().text(bytes);
    Session::Answer answer = session.ask(Op::make_body);
    if (answer.status >= 0) *out = answer.rest.number<tl_body>();
    return answer.status;
}

tl_status look(tl_job* job, tl_body body, tl_str* out) noexcept {
    Session& session = Session::of(job);
    session.begin().number(body);
    Session::Answer answer = session.ask(Op::view_body);
    if (answer.status < 0) return answer.status;
    const auto offset = answer.rest.number<std::uint64_t>();
    const auto length = answer.rest.number<std::uint64_t>();
    const auto bytes = session.channel().host_bytes(offset, length);
    if (!bytes) return TL_INTERNAL;
    *out = {bytes->data(), bytes->size()};
    return answer.status;
}

tl_status length(tl_job* job, tl_body body, std::uint64_t* out) noexcept {
    Session& session = Session::of(job);
    session.begin().number(body);
    Session::Answer answer = session.ask(Op::body_length);
    if (answer.status >= 0) *out = answer.rest.number<std::uint64_t>();
    return answer.status;
}

void release(tl_job* job, tl_body body) noexcept {
    Session& session = Session::of(job);
    session.begin().number(body);
    session.tell(Op::release);
}

tl_status pick(
    tl_job* job,
    tl_body body,
    const tl_str* pointers,
    std::uint64_t count,
    tl_json_sink sink,
    void* user
) noexcept {
    Session& session = Session::of(job);
    auto out = session.begin();
    out.number(body).number(count);
    for (std::uint64_t i = 0; i < count; ++i) out.text(pointers[i]);
    Session::Answer answer = session.ask(Op::pick);
    if (answer.status < 0) return answer.status;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto kind = answer.rest.number<std::int32_t>();
        sink(user, i, kind, answer.rest.text());
    }
    return answer.status;
}

tl_status count_at(tl_job* job, tl_body body, tl_str pointer, std::uint64_t* out) noexcept {
    Session& session = Session::of(job);
    session.begin().number(body).text(pointer);
    Session::Answer answer = session.ask(Op::count);
    if (answer.status >= 0) *out = answer.rest.number<std::uint64_t>();
    return answer.status;
}

}  // namespace

const tl_body_1* body_service() {
    static constexpr tl_body_1 k_table{sizeof(tl_body_1), 0, &make, &look, &length, &release};
    return &k_table;
}

const tl_json_1* json_service() {
    static constexpr tl_json_1 k_table{sizeof(tl_json_1), 0, &pick, &count_at};
    return &k_table;
}

}  // namespace touchline::runner
