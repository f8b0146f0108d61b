#include "services.hpp"

#include "touchline/net/retry.hpp"

namespace touchline::host {

namespace {

net::Headers headers_of(const tl_http_request& request) {
    net::Headers headers;
    for (std::uint64_t i = 0; i < request.header_count; ++i) {
        headers.add(
            std::string(view(request.headers[i].name)), std::string(view(request.headers[i].value))
        );
    }
    return headers;
}

Result<net::Call> call_of(Job& job, const tl_http_request& request) {
    TOUCHLINE_CHECK(check_size(request.inline_body));
    net::Call call;
    call.method = view(request.method);
    call.path = view(request.path);
    for (std::uint64_t i = 0; i < request.query_count; ++i) {
        call.query.emplace_back(view(request.query[i].name), view(request.query[i].value));
    }
    call.headers = headers_of(request);
    call.body = view(request.inline_body);
    if (request.body != 0) {
        TOUCHLINE_TRY(const HeldBody* const body, job.bodies.find(request.body));
        call.body = body->bytes;
    }
    call.safe_to_repeat = (request.flags & TL_HTTP_IDEMPOTENT) != 0;
    call.follow_redirects = (request.flags & TL_HTTP_NO_REDIRECT) == 0;
    return call;
}

/// Fills in the answer; a status that the connector did not ask to see becomes an error.
Result<void> hand_over(
    Job& job,
    net::Response response,
    bool repeatable_page,
    std::uint32_t flags,
    tl_http_response& out
) {
    out.http_status = response.status;
    const Time now = job.instance.services().clock.now();
    if (const auto wish = response.headers.get("retry-after")) {
        const auto delay = net::parse_retry_after(*wish, now);
        out.retry_after_ms = delay ? delay->count() : -1;
    }
    if ((flags & TL_HTTP_ANY_STATUS) == 0 && response.status != 304) {
        TOUCHLINE_CHECK(net::check_status(response, now));
        if (repeatable_page) TOUCHLINE_CHECK(job.repeats.see(response.final_url, response.body));
    }
    HeldBody body;
    body.bytes = std::move(response.body);
    body.headers = std::move(response.headers);
    out.body_bytes = body.bytes.size();
    TOUCHLINE_TRY(out.body, job.bodies.add(std::move(body)));
    return {};
}

Result<void> send(Job& job, const tl_http_request& request, tl_http_response& out) {
    TOUCHLINE_TRY(Target* const target, job.instance.target(view(request.target)));
    TOUCHLINE_TRY(const net::Call call, call_of(job, request));
    net::TargetClient& client =
        (request.flags & TL_HTTP_NO_RETRY) != 0 ? target->once : target->client;
    TOUCHLINE_TRY(auto response, client.call(call, job.stop));
    return hand_over(job, std::move(response), call.method == "GET", request.flags, out)
        .with(call.method + " " + call.path);
}

Result<void> send_link(
    Job& job, std::string_view link, const tl_http_request* request, tl_http_response& out
) {
    TOUCHLINE_TRY(Target* const target, job.instance.target_of(link));
    const std::uint32_t flags = request == nullptr ? 0 : request->flags;
    net::TargetClient& client = (flags & TL_HTTP_NO_RETRY) != 0 ? target->once : target->client;
    const auto headers = request == nullptr ? net::Headers() : headers_of(*request);
    TOUCHLINE_TRY(auto response, client.follow(std::string(link), headers, job.stop));
    return hand_over(job, std::move(response), true, flags, out);
}

void clear(tl_http_response& response) {
    response.http_status = 0;
    response.body = 0;
    response.body_bytes = 0;
    response.retry_after_ms = -1;
}

tl_status execute(
    tl_job* raw, const tl_http_request* request, tl_http_response* response
) noexcept {
    Job& job = Job::of(raw);
    clear(*response);
    if (stopped(raw)) return TL_CANCELLED;
    auto sent = send(job, *request, *response);
    return sent ? TL_OK : job.fail(std::move(sent).error());
}

tl_status follow(
    tl_job* raw, tl_str url, const tl_http_request* request, tl_http_response* response
) noexcept {
    Job& job = Job::of(raw);
    clear(*response);
    if (stopped(raw)) return TL_CANCELLED;
    auto sent = send_link(job, view(url), request, *response);
    return sent ? TL_OK : job.fail(std::move(sent).error());
}

tl_status header(tl_job* raw, tl_body handle, tl_str name, tl_text_sink sink, void* user) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    auto body = job.bodies.find(handle);
    if (!body) return job.fail(std::move(body).error());
    for (const std::string_view value : (*body)->headers.all(view(name))) sink(user, str(value));
    return TL_OK;
}

}  // namespace

const tl_http_1* http_service() {
    static constexpr tl_http_1 k_table{sizeof(tl_http_1), 0, &execute, &follow, &header};
    return &k_table;
}

}  // namespace touchline::host
