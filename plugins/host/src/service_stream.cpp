#include "services.hpp"

#include <algorithm>
#include <chrono>

namespace touchline::host {

namespace {

Result<tl_stream> open_stream(Job& job, const tl_stream_open& what) {
    TOUCHLINE_TRY(const auto* target, job.instance.stream_target(view(what.target)));
    net::StreamClient* const client = job.instance.services().streams;
    if (client == nullptr) return Error(Code::config, "this host opens no streams");
    TOUCHLINE_CHECK(job.streams.room());
    net::Query query;
    for (std::uint64_t i = 0; i < what.query_count; ++i)
        query.emplace_back(view(what.query[i].name), view(what.query[i].value));
    TOUCHLINE_TRY(
        auto stream, client->open(*target, std::string(view(what.path)), query, job.stop)
    );
    return job.streams.add(std::move(stream));
}

tl_status open(tl_job* raw, const tl_stream_open* what, tl_stream* out) noexcept {
    Job& job = Job::of(raw);
    *out = 0;
    if (stopped(raw)) return TL_CANCELLED;
    auto stream = open_stream(job, *what);
    if (!stream) return job.fail(std::move(stream).error());
    *out = *stream;
    return TL_OK;
}

tl_status send(tl_job* raw, tl_stream handle, tl_str bytes) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    if (const tl_status refused = after_refusal(job); refused < 0) return refused;
    if (auto fits = check_size(bytes); !fits) return job.fail(std::move(fits).error());
    auto stream = job.streams.find(handle);
    if (!stream) return job.fail(std::move(stream).error());
    auto sent = (*stream)->send(view(bytes), job.stop);
    return sent ? TL_OK : job.fail(std::move(sent).error());
}

tl_status receive(tl_job* raw, tl_stream handle, std::uint32_t max_wait_ms, tl_body* out) noexcept {
    Job& job = Job::of(raw);
    *out = 0;
    if (stopped(raw)) return TL_CANCELLED;
    auto stream = job.streams.find(handle);
    if (!stream) return job.fail(std::move(stream).error());
    const std::chrono::milliseconds longest(std::min(max_wait_ms, TL_STREAM_WAIT_MAX));
    auto frame = (*stream)->receive(longest, job.stop);
    if (!frame) return job.fail(std::move(frame).error());
    if (frame->kind == net::Frame::Kind::end) return TL_END;
    if (frame->kind == net::Frame::Kind::none) return TL_OK;
    HeldBody body;
    body.bytes = std::move(frame->bytes);
    auto held = job.bodies.add(std::move(body));
    if (!held) return job.fail(std::move(held).error());
    *out = *held;
    return TL_OK;
}

void close(tl_job* raw, tl_stream handle) noexcept {
    Job::of(raw).streams.close(handle);
}

std::int32_t stays(tl_job* raw) noexcept {
    return Job::of(raw).stays ? 1 : 0;
}

}  // namespace

const tl_stream_1* stream_service() {
    static constexpr tl_stream_1 k_table{
        sizeof(tl_stream_1), 0, &open, &send, &receive, &close, &stays};
    return &k_table;
}

}  // namespace touchline::host
