#include "services.hpp"
#include "session.hpp"

namespace touchline::runner {
namespace {

tl_status open(tl_job* job, const tl_stream_open* what, tl_stream* out) noexcept {
    Session& session = Session::of(job);
    *out = 0;
    session.begin().text(what->target).text(what->path).pairs(what->query, what->query_count);
    Session::Answer answer = session.ask(Op::open_stream);
    if (answer.status >= 0) *out = answer.rest.number<tl_stream>();
    return answer.status;
}

tl_status send(tl_job* job, tl_stream stream, tl_str bytes) noexcept {
    Session& session = Session::of(job);
    session.begin().number(stream).text(bytes);
    return session.ask(Op::send_stream).status;
}

tl_status receive(tl_job* job, tl_stream stream, std::uint32_t max_wait_ms, tl_body* out) noexcept {
    Session& session = Session::of(job);
    *out = 0;
    session.begin().number(stream).number(max_wait_ms);
    Session::Answer answer = session.ask(Op::receive_stream);
    if (answer.status >= 0) *out = answer.rest.number<tl_body>();
    return answer.status;
}

void close(tl_job* job, tl_stream stream) noexcept {
    Session& session = Session::of(job);
    session.begin().number(stream);
    session.tell(Op::close_stream);
}

std::int32_t stays(tl_job* job) noexcept {
    Session& session = Session::of(job);
    session.begin();
    return session.ask(Op::stream_stays).status == TL_OK ? 1 : 0;
}

}  // namespace

const tl_stream_1* stream_service() {
    static constexpr tl_stream_1 k_table{
        sizeof(tl_stream_1), 0, &open, &send, &receive, &close, &stays};
    return &k_table;
}

}  // namespace touchline::runner
