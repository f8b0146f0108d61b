#include "services.hpp"
#include "session.hpp"

#include "touchline/runner/received.hpp"

namespace touchline::runner {
namespace {

tl_status finish(Session::Answer answer, tl_http_response* response) {
    tl_http_response answered{};
    answered.http_status = answer.rest.number<std::int32_t>();
    answered.body = answer.rest.number<tl_body>();
    answered.body_bytes = answer.rest.number<std::uint64_t>();
    answered.retry_after_ms = answer.rest.number<std::int64_t>();
    hand_back(*response, answered);
    return answer.status;
}

void write(Writer<FixedBuffer>& out, const tl_http_request& request) {
    out.number(request.flags).text(request.target).text(request.method).text(request.path);
    out.pairs(request.query, request.query_count).pairs(request.headers, request.header_count);
    out.number(request.body).text(request.inline_body).number(request.timeout_ms);
}

tl_status execute(
    tl_job* job, const tl_http_request* request, tl_http_response* response
) noexcept {
    Session& session = Session::of(job);
    auto out = session.begin();
    write(out, received(*request));
    return finish(session.ask(Op::execute), response);
}

tl_status follow(
    tl_job* job, tl_str url, const tl_http_request* request, tl_http_response* response
) noexcept {
    Session& session = Session::of(job);
    auto out = session.begin();
    out.text(url);
    write(out, request == nullptr ? tl_http_request{} : received(*request));
    return finish(session.ask(Op::follow), response);
}

tl_status header(tl_job* job, tl_body body, tl_str name, tl_text_sink sink, void* user) noexcept {
    Session& session = Session::of(job);
    session.begin().number(body).text(name);
    Session::Answer answer = session.ask(Op::header);
    if (answer.status < 0) return answer.status;
    for (auto left = answer.rest.count(k_text_bytes); left > 0; --left)
        sink(user, answer.rest.text());
    return answer.status;
}

}  // namespace

const tl_http_1* http_service() {
    static constexpr tl_http_1 k_table{sizeof(tl_http_1), 0, &execute, &follow, &header};
    return &k_table;
}

}  // namespace touchline::runner
