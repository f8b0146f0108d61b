#include "services.hpp"

#include "touchline/runner/received.hpp"

namespace touchline::host {

namespace {

constexpr std::size_t k_most_items = 10'000;
constexpr std::size_t k_most_fact_bytes = 65'536;

/// Whether these bytes may be handed over now, and to this stream.
Result<void> may_emit(const Job& job, tl_str stream, tl_str bytes = {}) {
    TOUCHLINE_CHECK(check_size(bytes));
    if (job.sink == nullptr) {
        return Error(
            Code::internal, "the connector handed over records outside of read and webhook"
        );
    }
    if (!job.instance.has_stream(view(stream))) {
        return Error(
            Code::internal,
            "the connector handed over records of a stream \"" + std::string(view(stream)) +
                "\" that its manifest does not declare"
        );
    }
    return {};
}

tl_status done(Job& job, Result<void> result) {
    if (!result) return job.fail_in_sink(std::move(result).error());
    ++job.handed_over;
    return TL_OK;
}

tl_status page(tl_job* raw, const tl_page* sent) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    const tl_page from = runner::received(*sent);
    if (auto allowed = may_emit(job, from.stream, from.inline_bytes); !allowed)
        return job.fail_in_sink(std::move(allowed).error());
    if (from.format != TL_FORMAT_JSON && from.format != TL_FORMAT_NDJSON) {
        job.fail_in_sink(Error(Code::config, "this host does not know pages of such a format"));
        return TL_UNSUPPORTED;
    }
    ingest::Page page;
    page.stream = view(from.stream);
    page.bytes = view(from.inline_bytes);
    page.records = view(from.records);
    page.format = from.format == TL_FORMAT_NDJSON ? ingest::Format::ndjson : ingest::Format::json;
    page.via = job.via;
    if (from.body != 0) {
        auto body = job.bodies.find(from.body);
        if (!body) return job.fail_in_sink(std::move(body).error());
        page.bytes = (*body)->bytes;
    }
    return done(job, job.sink->page(page));
}

tl_status bad_record(tl_job* raw, const tl_bad_record* sent) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    const tl_bad_record from = runner::received(*sent);
    if (auto allowed = may_emit(job, from.stream, from.bytes); !allowed)
        return job.fail_in_sink(std::move(allowed).error());
    return done(
        job,
        job.sink->bad_record(
            {view(from.stream), view(from.external_id), view(from.bytes), view(from.reason)}
        )
    );
}

tl_status checkpoint(tl_job* raw, const tl_checkpoint* sent) noexcept {
    Job& job = Job::of(raw);
    if (stopped(raw)) return TL_CANCELLED;
    // It would leave out for ever what was refused.
    if (job.sink_error()) return job.fail_in_sink(*job.sink_error());
    const tl_checkpoint from = runner::received(*sent);
    if (auto allowed = may_emit(job, from.stream); !allowed)
        return job.fail_in_sink(std::move(allowed).error());
    if (from.state.n > TL_STATE_MAX || from.state_version == 0) {
        return job.fail_in_sink(Error(
            Code::internal, "the connector's checkpoint is larger than 64 KiB or has version 0"
        ));
    }
    return done(
        job, job.sink->checkpoint({view(from.stream), from.state_version, view(from.state)})
    );
}

tl_status item(tl_job* raw, const tl_item* sent) noexcept {
    if (stopped(raw)) return TL_CANCELLED;
    Job& job = Job::of(raw);
    const tl_item from = runner::received(*sent);
    if (job.items.size() == k_most_items) {
        return job.fail(
            Error(Code::internal, "the connector answered for more records than it was given")
        );
    }
    if (from.bytes.n > k_most_fact_bytes) {
        return job.fail(
            Error(Code::internal, "the connector's facts about one customer are larger than 64 KiB")
        );
    }
    job.items.push_back(
        {from.index,
         from.status,
         from.retry_after_ms,
         tame(from.message),
         std::string(view(from.bytes))}
    );
    return TL_OK;
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

}  // namespace touchline::host
