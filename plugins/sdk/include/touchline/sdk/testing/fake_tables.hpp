// The service tables of FakeHost; include fake_host.hpp.
#pragma once

#include "touchline/sdk/testing/fake_state.hpp"

#include <cstring>
#include <functional>
#include <string>
#include <string_view>

namespace touchline::sdk::testing {

/// The tables behind FakeHost. Functions without captures, so each finds its host through the job.
struct FakeHost::Tables {
    tl_run_1 run;
    tl_body_1 body;
    tl_json_1 json;
    tl_http_1 http;
    tl_emit_1 emit;
    tl_file_1 file;
    tl_result_1 result;
    tl_stream_1 stream;
    tl_rows_1 rows;

    Tables() {
        fill(run), fill(body), fill(json), fill(http), fill(emit), fill(file), fill(result),
            fill(stream), fill(rows);
        fill_run();
        fill_bodies();
        fill_http();
        fill_emit();
        fill_files();
        fill_streams();
        fill_rows();
    }

    void fill_run() {
        run.cancelled = [](tl_job* j) -> std::int32_t {
            return of(j).cancel_at_call >= 0 && of(j).calls > of(j).cancel_at_call;
        };
        run.now_unix_ms = [](tl_job* j) { return of(j).clock_ms; };
        run.monotonic_ms = [](tl_job* j) { return of(j).clock_ms; };
        run.sleep_until = [](tl_job* j, std::int64_t until) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            if (until > of(j).clock_ms) of(j).clock_ms = until;
            return TL_OK;
        };
        run.log = [](tl_job* j, std::int32_t, tl_str message, const tl_pair*, std::uint64_t) {
            of(j).logs.push_back(own(message));
        };
        run.error = [](tl_job* j, tl_status status, tl_str, tl_str message, std::int64_t) {
            of(j).error_status = status;
            of(j).error_message = own(message);
        };
    }
    void fill_bodies() {
        body.make = [](tl_job* j, tl_str bytes, tl_body* out) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            *out = of(j).make_body(own(bytes));
            return TL_OK;
        };
        body.view = [](tl_job* j, tl_body handle, tl_str* out) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            const auto found = of(j).bodies_.find(handle);
            if (found == of(j).bodies_.end()) return TL_NOT_FOUND;
            *out = str(found->second.bytes);
            return TL_OK;
        };
        body.length = [](tl_job* j, tl_body handle, std::uint64_t* out) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            const auto found = of(j).bodies_.find(handle);
            if (found == of(j).bodies_.end()) return TL_NOT_FOUND;
            *out = found->second.bytes.size();
            return TL_OK;
        };
        body.release = [](tl_job* j, tl_body handle) { of(j).bodies_.erase(handle); };
        json.pick = [](tl_job* j,
                       tl_body handle,
                       const tl_str* pointers,
                       std::uint64_t count,
                       tl_json_sink sink,
                       void* user) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            const auto parsed = MiniJson::parse(of(j).bytes_of(handle));
            if (!parsed) return TL_BAD_DATA;
            for (std::uint64_t i = 0; i < count; ++i) {
                const MiniJson* value = parsed->find(own(pointers[i]));
                sink(
                    user,
                    i,
                    value == nullptr ? TL_JSON_MISSING : value->kind,
                    value == nullptr ? tl_str{} : str(value->text)
                );
            }
            return TL_OK;
        };
        json.count = [](tl_job* j, tl_body handle, tl_str pointer, std::uint64_t* out
                     ) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            const auto parsed = MiniJson::parse(of(j).bytes_of(handle));
            if (!parsed) return TL_BAD_DATA;
            const MiniJson* value = parsed->find(own(pointer));
            *out = value == nullptr ? 0 : value->items.size() + value->values.size();
            return TL_OK;
        };
    }
    static Fields headers_of(const tl_http_request* request) {
        Fields headers;
        for (std::uint64_t i = 0; request != nullptr && i < request->header_count; ++i) {
            headers.emplace_back(own(request->headers[i].name), own(request->headers[i].value));
        }
        return headers;
    }
    void fill_http() {
        http.execute = [](tl_job* j, const tl_http_request* r, tl_http_response* out) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            std::string path = own(r->path);
            for (std::uint64_t i = 0; i < r->query_count; ++i) {
                path += path.find('?') == std::string::npos ? '?' : '&';
                path += encode(own(r->query[i].name)) + "=" + encode(own(r->query[i].value));
            }
            std::string bytes = r->body != 0 ? of(j).bytes_of(r->body) : own(r->inline_body);
            return of(j).respond(
                {own(r->target), own(r->method), path, std::move(bytes), headers_of(r), r->flags},
                out
            );
        };
        http.follow = [](tl_job* j, tl_str url, const tl_http_request* r, tl_http_response* out
                      ) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            return of(j).respond(
                {"", "GET", own(url), "", headers_of(r), r == nullptr ? 0 : r->flags}, out
            );
        };
        http.header = [](tl_job* j, tl_body handle, tl_str name, tl_text_sink sink, void* user
                      ) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            const auto lower = [](std::string text) {
                for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
                return text;
            };
            for (const auto& [key, value] : of(j).bodies_[handle].headers) {
                if (lower(key) == lower(own(name))) sink(user, str(value));
            }
            return TL_OK;
        };
    }
    void fill_emit() {
        emit.page = [](tl_job* j, const tl_page* p) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            std::string bytes = p->body != 0 ? of(j).bytes_of(p->body) : own(p->inline_bytes);
            of(j).pages.push_back({own(p->stream), std::move(bytes), own(p->records), p->format});
            return TL_OK;
        };
        emit.bad_record = [](tl_job* j, const tl_bad_record* r) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            of(j).bad_records.push_back(
                {own(r->stream), own(r->external_id), own(r->bytes), own(r->reason)}
            );
            return TL_OK;
        };
        emit.checkpoint = [](tl_job* j, const tl_checkpoint* c) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            if (c->state.n > TL_STATE_MAX) return TL_BAD_DATA;
            if (of(j).fail_checkpoint_at == static_cast<int>(of(j).checkpoints.size()))
                return TL_RETRY;
            of(j).checkpoints.push_back(
                {own(c->stream), own(c->state), c->state_version, of(j).pages.size()}
            );
            return TL_OK;
        };
        result.item = [](tl_job* j, const tl_item* i) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            of(j).items.push_back(
                {i->index, i->status, own(i->message), i->retry_after_ms, own(i->bytes)}
            );
            return TL_OK;
        };
    }
    void fill_streams() {
        stream.open = [](tl_job* j, const tl_stream_open* what, tl_stream* out) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            std::string name = own(what->target) + own(what->path);
            for (std::uint64_t i = 0; i < what->query_count; ++i) {
                name += i == 0 ? '?' : '&';
                name += encode(own(what->query[i].name)) + "=" + encode(own(what->query[i].value));
            }
            FakeStream opened{std::move(name), {}, false};
            const tl_status status = of(j).play(opened, "");
            if (status < 0) return status;
            *out = ++of(j).next_stream_;
            of(j).streams_.emplace(*out, std::move(opened));
            return TL_OK;
        };
        stream.send = [](tl_job* j, tl_stream handle, tl_str bytes) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            const auto found = of(j).streams_.find(handle);
            if (found == of(j).streams_.end()) return TL_NOT_FOUND;
            of(j).sent.push_back(own(bytes));
            return of(j).play(found->second, own(bytes));
        };
        stream.receive = [](tl_job* j, tl_stream handle, std::uint32_t max_wait_ms, tl_body* out
                         ) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            const auto found = of(j).streams_.find(handle);
            if (found == of(j).streams_.end()) return TL_NOT_FOUND;
            auto& frames = found->second.frames;
            if (frames.empty()) {
                if (found->second.end) return TL_END;
                of(j).clock_ms += max_wait_ms;
                return TL_OK;
            }
            *out = of(j).make_body(std::move(frames.front()));
            frames.pop_front();
            return TL_OK;
        };
        stream.close = [](tl_job* j, tl_stream handle) { of(j).streams_.erase(handle); };
        stream.stays = [](tl_job* j) -> std::int32_t { return of(j).stays ? 1 : 0; };
    }
    void fill_rows() {
        rows.query = [](tl_job* j, const tl_rows_query* q, tl_rows_page* out) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            std::string query = own(q->sql);
            for (std::uint64_t i = 0; i < q->parameter_count; ++i)
                query += "\n" + own(q->parameters[i]);
            of(j).queries.push_back(query);
            const auto found = of(j).rows_.find(query);
            if (found == of(j).rows_.end()) {
                of(j).error_message = "no rows were scripted for " + query;
                return TL_INTERNAL;
            }
            const FakeRows page = found->second.front();
            if (found->second.size() > 1) found->second.pop_front();
            if (page.failure < 0) return page.failure;
            out->body = of(j).make_body(page.lines);
            out->rows = page.rows;
            out->more = page.more ? 1 : 0;
            return TL_OK;
        };
    }
    void fill_files() {
        file.list = [](tl_job* j, tl_str pattern, tl_file_sink sink, void* user) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            for (const auto& [name, f] : of(j).files_) {
                if (!matches(own(pattern), name)) continue;
                const tl_file_entry entry{
                    sizeof(tl_file_entry), 0, str(name), f.bytes.size(), f.modified_unix_ns, f.id};
                sink(user, &entry);
            }
            return TL_OK;
        };
        file.read = [](tl_job* j, tl_str name, std::uint64_t offset, std::uint64_t max, tl_body* out
                    ) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            const auto found = of(j).files_.find(own(name));
            if (found == of(j).files_.end()) return TL_NOT_FOUND;
            const auto& bytes = found->second.bytes;
            *out =
                of(j).make_body(offset < bytes.size() ? bytes.substr(offset, max) : std::string());
            return TL_OK;
        };
        // Not SHA-256, but as good for telling contents apart in a test.
        file.digest =
            [](tl_job* j, tl_str name, std::uint64_t offset, std::uint64_t length, std::uint8_t* out
            ) -> tl_status {
            if (of(j).stopped()) return TL_CANCELLED;
            const auto found = of(j).files_.find(own(name));
            if (found == of(j).files_.end()) return TL_NOT_FOUND;
            const auto& bytes = found->second.bytes;
            const std::string part =
                offset < bytes.size() ? bytes.substr(offset, length) : std::string();
            for (std::size_t i = 0; i < 4; ++i) {
                const std::uint64_t hash =
                    std::hash<std::string>()(part + static_cast<char>('a' + i));
                std::memcpy(out + 8 * i, &hash, 8);
            }
            return TL_OK;
        };
    }
};

inline const void* FakeHost::service(const tl_host*, const char* id) noexcept {
    static const Tables tables;
    const std::string_view name = id;
    if (name == TL_RUN_1) return &tables.run;
    if (name == TL_BODY_1) return &tables.body;
    if (name == TL_JSON_1) return &tables.json;
    if (name == TL_HTTP_1) return &tables.http;
    if (name == TL_EMIT_1) return &tables.emit;
    if (name == TL_FILE_1) return &tables.file;
    if (name == TL_RESULT_1) return &tables.result;
    if (name == TL_STREAM_1) return &tables.stream;
    if (name == TL_ROWS_1) return &tables.rows;
    return nullptr;
}

}  // namespace touchline::sdk::testing
