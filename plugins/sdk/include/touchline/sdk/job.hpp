// One call into the plugin, and all that it may ask of the host meanwhile. Every call fails with
// Status::cancelled once the host has cancelled the job: return that error, and the rest is
// clean-up.
#pragma once

#include "touchline/sdk/http.hpp"
#include "touchline/sdk/rows.hpp"
#include "touchline/sdk/stream.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchline::sdk {

struct FileEntry {
    std::string name;  ///< relative to the connection's directory
    std::uint64_t bytes = 0;
    std::int64_t modified_unix_ns = 0;
    std::uint64_t id = 0;  ///< stays the same when the file is renamed
};

class Job {
public:
    Job(const Services& services, tl_job* job) : services_(&services), job_(job) {}
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;

    // --- run
    bool cancelled() const {
        return TL_OFFERS(tl_run_1, services_->run, cancelled) &&
               services_->run->cancelled(job_) != 0;
    }
    std::int64_t now_unix_ms() const {
        return TL_OFFERS(tl_run_1, services_->run, now_unix_ms) ? services_->run->now_unix_ms(job_)
                                                                : 0;
    }
    Result<void> sleep_ms(std::int64_t duration) {
        if (!TL_OFFERS(tl_run_1, services_->run, sleep_until)) return Error(Status::unsupported);
        return to_result(
            services_->run->sleep_until(job_, services_->run->monotonic_ms(job_) + duration)
        );
    }
    /// TL_LOG_INFO and so on. No customer data, no secret.
    void log(std::int32_t level, std::string_view message, const Pairs& fields = {}) {
        if (!TL_OFFERS(tl_run_1, services_->run, log)) return;
        const auto list = to_pairs(fields);
        services_->run->log(job_, level, to_tl(message), list.data(), list.size());
    }

    // --- bodies
    /// Bytes of the plugin as a body, so that the host parses them: a state, a decoded file.
    Result<Body> make_body(std::string_view bytes) {
        if (!TL_OFFERS(tl_body_1, services_->body, make)) return Error(Status::unsupported);
        tl_body handle = 0;
        TL_CHECK(to_result(services_->body->make(job_, to_tl(bytes), &handle)));
        return Body(services_, job_, handle);
    }

    // --- HTTP
    /// Blocks. Answers other than 2xx and 304 are errors, unless the request has
    /// TL_HTTP_ANY_STATUS.
    Result<HttpResponse> send(const HttpRequest& request) {
        if (!TL_OFFERS(tl_http_1, services_->http, execute)) return Error(Status::unsupported);
        const auto query = to_pairs(request.query);
        const auto headers = to_pairs(request.headers);
        const tl_http_request raw = flatten(request, query, headers);
        tl_http_response answer = empty_response();
        TL_CHECK(to_result(services_->http->execute(job_, &raw, &answer)));
        return HttpResponse(services_, job_, answer);
    }
    Result<HttpResponse> get(std::string target, std::string path, Pairs query = {}) {
        HttpRequest request(std::move(target), std::move(path));
        request.query = std::move(query);
        return send(request);
    }
    /// GETs an absolute link from an answer, if it leads to a declared target. Flags and headers of
    /// `like` apply.
    Result<HttpResponse> follow(std::string_view url, const HttpRequest& like = {{}, {}}) {
        if (!TL_OFFERS(tl_http_1, services_->http, follow)) return Error(Status::unsupported);
        const auto headers = to_pairs(like.headers);
        const tl_http_request raw = flatten(like, {}, headers);
        tl_http_response answer = empty_response();
        TL_CHECK(to_result(services_->http->follow(job_, to_tl(url), &raw, &answer)));
        return HttpResponse(services_, job_, answer);
    }

    // --- streams and rows
    /// Blocks until the other side has let us in. Path and query are for WebSockets.
    Result<Stream> open_stream(
        std::string_view target, std::string_view path = {}, const Pairs& query = {}
    ) {
        if (!TL_OFFERS(tl_stream_1, services_->stream, open)) return Error(Status::unsupported);
        const auto list = to_pairs(query);
        const tl_stream_open what{
            sizeof(tl_stream_open), 0, to_tl(target), to_tl(path), list.data(), list.size()};
        tl_stream handle = 0;
        TL_CHECK(to_result(services_->stream->open(job_, &what, &handle)));
        return Stream(services_, job_, handle);
    }
    /// Whether this read goes on when everything is read, until it is cancelled.
    bool stays() const {
        return TL_OFFERS(tl_stream_1, services_->stream, stays) &&
               services_->stream->stays(job_) != 0;
    }
    /// The first rows of one SELECT, whose $1, $2, … are `parameters`.
    Result<RowPage> query_rows(
        std::string_view target,
        std::string_view sql,
        const std::vector<std::string>& parameters = {},
        std::uint64_t max_rows = 0
    ) {
        if (!TL_OFFERS(tl_rows_1, services_->rows, query)) return Error(Status::unsupported);
        std::vector<tl_str> list;
        list.reserve(parameters.size());
        for (const auto& parameter : parameters) list.push_back(to_tl(parameter));
        const tl_rows_query query{
            sizeof(tl_rows_query),
            0,
            to_tl(target),
            to_tl(sql),
            list.data(),
            list.size(),
            max_rows};
        tl_rows_page page{};
        page.size = sizeof(page);
        TL_CHECK(to_result(services_->rows->query(job_, &query, &page)));
        return RowPage{Body(services_, job_, page.body), page.rows, page.more != 0};
    }

    // --- records
    /// The records at `records` (a JSON pointer; "" is the whole text) of a body that the host
    /// holds: no bytes move.
    Result<void> page(
        std::string_view stream,
        const Body& body,
        std::string_view records = "",
        std::int32_t format = TL_FORMAT_JSON
    ) {
        return emit_page({sizeof(tl_page), format, to_tl(stream), body.handle(), {}, to_tl(records)}
        );
    }
    /// Records that the plugin built itself: one JSON text per line.
    Result<void> page_lines(std::string_view stream, std::string_view ndjson) {
        return emit_page({sizeof(tl_page), TL_FORMAT_NDJSON, to_tl(stream), 0, to_tl(ndjson), {}});
    }
    Result<void> bad_record(
        std::string_view stream,
        std::string_view external_id,
        std::string_view bytes,
        std::string_view reason
    ) {
        if (!TL_OFFERS(tl_emit_1, services_->emit, bad_record)) return Error(Status::unsupported);
        const tl_bad_record record{
            sizeof(tl_bad_record),
            0,
            to_tl(stream),
            to_tl(external_id),
            to_tl(bytes),
            to_tl(reason)};
        return to_result(services_->emit->bad_record(job_, &record));
    }
    /// What was emitted since the last one and `state` (at most 64 KiB) are stored together.
    Result<void> checkpoint(
        std::string_view stream, std::uint32_t state_version, std::string_view state
    ) {
        if (!TL_OFFERS(tl_emit_1, services_->emit, checkpoint)) return Error(Status::unsupported);
        const tl_checkpoint point{
            sizeof(tl_checkpoint), state_version, to_tl(stream), to_tl(state)};
        return to_result(services_->emit->checkpoint(job_, &point));
    }

    // --- files below the connection's directory; need "files" in the manifest
    Result<std::vector<FileEntry>> list_files(std::string_view pattern) {
        if (!TL_OFFERS(tl_file_1, services_->file, list)) return Error(Status::unsupported);
        using Entries = std::vector<FileEntry>;
        Gathered<Entries> entries;
        const auto sink = [](void* user, const tl_file_entry* entry) noexcept {
            static_cast<Gathered<Entries>*>(user)->take([&](Entries& out) {
                out.push_back(
                    {std::string(from_tl(entry->name)),
                     entry->bytes,
                     entry->modified_unix_ns,
                     entry->id}
                );
            });
        };
        TL_CHECK(to_result(services_->file->list(job_, to_tl(pattern), sink, &entries)));
        return std::move(entries).result();
    }
    /// At most `max` bytes from `offset`; empty at the end of the file.
    Result<Body> read_file(std::string_view name, std::uint64_t offset, std::uint64_t max) {
        if (!TL_OFFERS(tl_file_1, services_->file, read)) return Error(Status::unsupported);
        tl_body handle = 0;
        TL_CHECK(to_result(services_->file->read(job_, to_tl(name), offset, max, &handle)));
        return Body(services_, job_, handle);
    }
    /// 32 bytes that tell contents apart, of `length` bytes from `offset` or of what there is.
    Result<std::string> file_digest(
        std::string_view name, std::uint64_t offset, std::uint64_t length
    ) {
        if (!TL_OFFERS(tl_file_1, services_->file, digest)) return Error(Status::unsupported);
        std::uint8_t bytes[32] = {};
        TL_CHECK(to_result(services_->file->digest(job_, to_tl(name), offset, length, bytes)));
        return std::string(bytes, bytes + 32);
    }

    // --- for the trampoline
    const Services& services() const { return *services_; }
    tl_job* raw() const { return job_; }

private:
    static std::vector<tl_pair> to_pairs(const Pairs& pairs) {
        std::vector<tl_pair> list;
        list.reserve(pairs.size());
        for (const auto& [name, value] : pairs) list.push_back({to_tl(name), to_tl(value)});
        return list;
    }
    static tl_http_request flatten(
        const HttpRequest& request,
        const std::vector<tl_pair>& query,
        const std::vector<tl_pair>& headers
    ) {
        tl_http_request raw{};
        raw.size = sizeof(raw);
        raw.flags = request.flags;
        raw.target = to_tl(request.target);
        raw.method = to_tl(request.method);
        raw.path = to_tl(request.path);
        raw.query = query.data();
        raw.query_count = query.size();
        raw.headers = headers.data();
        raw.header_count = headers.size();
        raw.body = request.body_handle;
        raw.inline_body = to_tl(request.body);
        raw.timeout_ms = request.timeout_ms;
        return raw;
    }
    static tl_http_response empty_response() {
        tl_http_response answer{};
        answer.size = sizeof(answer);
        answer.retry_after_ms = -1;
        return answer;
    }
    Result<void> emit_page(const tl_page& page) {
        if (!TL_OFFERS(tl_emit_1, services_->emit, page)) return Error(Status::unsupported);
        return to_result(services_->emit->page(job_, &page));
    }

    const Services* services_;
    tl_job* job_;
};

}  // namespace touchline::sdk
