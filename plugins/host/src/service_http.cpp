#include "services.hpp"

#include "touchline/net/retry.hpp"
#include "touchline/runner/received.hpp"

#include <algorithm>
#include <chrono>

namespace touchline::host {

namespace {

/// A connector that waits longer than this for one answer has no answer.
constexpr std::chrono::milliseconds k_longest_wait = std::chrono::minutes(15);

constexpr std::uint32_t k_known_flags =
    TL_HTTP_ANY_STATUS | TL_HTTP_NO_RETRY | TL_HTTP_IDEMPOTENT | TL_HTTP_NO_REDIRECT;

/// What a connector asks for and this host does not know is refused, not left out.
tl_status refuse_flags(Job& job) {
    job.fail(Error(Code::config, "this host does not know how to send such a request"));
    return TL_UNSUPPORTED;
}

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

/// The target's client, as patient as the request asks for.
Result<net::TargetClient> client_for(
    const Job& job, const Target& target, const tl_http_request& request
) {
    const bool once = (request.flags & TL_HTTP_NO_RETRY) != 0;
    const net::TargetClient& client = once ? target.once : target.client;
    if (request.timeout_ms == 0) return client;
    net::Target patient = client.target();
    net::Timeouts& timeouts = patient.send.timeouts;
    timeouts.whole = std::min(std::chrono::milliseconds(request.timeout_ms), k_longest_wait);
    // Between two bytes as well: whoever waits for a report waits before its first one.
    timeouts.first_byte = timeouts.read = timeouts.whole;
    return net::TargetClient::make(std::move(patient), job.instance.services());
}

Result<void> send(Job& job, const tl_http_request& request, tl_http_response& out) {
    TOUCHLINE_TRY(const Target* const target, job.instance.target(view(request.target)));
    TOUCHLINE_TRY(const net::Call call, call_of(job, request));
    TOUCHLINE_TRY(auto client, client_for(job, *target, request));
    TOUCHLINE_TRY(auto response, client.call(call, job.stop));
    return hand_over(job, std::move(response), call.method == "GET", request.flags, out)
        .with(call.method + " " + call.path);
}

Result<void> send_link(
    Job& job, std::string_view link, const tl_http_request& request, tl_http_response& out
) {
    TOUCHLINE_TRY(const Target* const target, job.instance.target_of(link));
    TOUCHLINE_TRY(auto client, client_for(job, *target, request));
    TOUCHLINE_TRY(auto response, client.follow(std::string(link), headers_of(request), job.stop));
    return hand_over(job, std::move(response), true, request.flags, out);
}

tl_http_response no_answer() {
    tl_http_response response{};
    response.retry_after_ms = -1;
    return response;
}

tl_status execute(
    tl_job* raw, const tl_http_request* request, tl_http_response* response
) noexcept {
    Job& job = Job::of(raw);
    tl_http_response answer = no_answer();
    runner::hand_back(*response, answer);
    if (stopped(raw)) return TL_CANCELLED;
    if (const tl_status refused = after_refusal(job); refused < 0) return refused;
    const tl_http_request what = runner::received(*request);
    if ((what.flags & ~k_known_flags) != 0) return refuse_flags(job);
    auto sent = send(job, what, answer);
    runner::hand_back(*response, answer);
    return sent ? TL_OK : job.fail(std::move(sent).error());
}

tl_status follow(
    tl_job* raw, tl_str url, const tl_http_request* request, tl_http_response* response
) noexcept {
    Job& job = Job::of(raw);
    tl_http_response answer = no_answer();
    runner::hand_back(*response, answer);
    if (stopped(raw)) return TL_CANCELLED;
    if (const tl_status refused = after_refusal(job); refused < 0) return refused;
    const auto how = request == nullptr ? tl_http_request{} : runner::received(*request);
    // A link's redirects are always followed.
    constexpr std::uint32_t k_of_links = k_known_flags & ~std::uint32_t{TL_HTTP_NO_REDIRECT};
    if ((how.flags & ~k_of_links) != 0) return refuse_flags(job);
    auto sent = send_link(job, view(url), how, answer);
    runner::hand_back(*response, answer);
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
