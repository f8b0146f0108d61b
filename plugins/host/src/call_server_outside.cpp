// What a connector asks of the world outside: HTTP, files, streams and rows.
#include "call_server.hpp"
#include "services.hpp"

#include <vector>

namespace touchline::host {

using runner::Op;
using runner::Reader;

void CallServer::http(Op op, Reader& in) {
    if (op == Op::header) {
        const auto handle = in.number<tl_body>();
        const tl_str name = in.text();
        if (!in.complete()) return;
        struct Values {
            std::uint64_t count = 0;
            std::string texts;
        } values;
        const auto sink = [](void* out, tl_str value) noexcept {
            auto& to = *static_cast<Values*>(out);
            ++to.count;
            runner::Writer<std::string>(to.texts).text(value);
        };
        const tl_status status = http_service()->header(job_.raw(), handle, name, sink, &values);
        reply().number(status).number(values.count);
        reply_ += values.texts;
        return;
    }
    tl_str url{};
    if (op == Op::follow) url = in.text();
    tl_http_request request{};
    request.size = sizeof(request);
    request.flags = in.number<std::uint32_t>();
    request.target = in.text();
    request.method = in.text();
    request.path = in.text();
    const auto query = in.pairs(), headers = in.pairs();
    request.query = query.data();
    request.query_count = query.size();
    request.headers = headers.data();
    request.header_count = headers.size();
    request.body = in.number<tl_body>();
    request.inline_body = in.text();
    request.timeout_ms = in.number<std::uint32_t>();
    if (!in.complete()) return;
    // A connector without targets has no such service.
    const auto* table = static_cast<const tl_http_1*>(find_service(TL_HTTP_1, job_.instance));
    tl_http_response response{};
    response.size = sizeof(response);
    response.retry_after_ms = -1;
    tl_status status = TL_UNSUPPORTED;
    if (table != nullptr && op == Op::execute) {
        remember("request", request.method, request.path);
        status = table->execute(job_.raw(), &request, &response);
    } else if (table != nullptr) {
        remember("link", url);
        status = table->follow(job_.raw(), url, &request, &response);
    }
    reply().number(status).number(response.http_status).number(response.body);
    reply().number(response.body_bytes).number(response.retry_after_ms);
}

void CallServer::file(Op op, Reader& in) {
    const auto* table = static_cast<const tl_file_1*>(find_service(TL_FILE_1, job_.instance));
    const tl_str name = in.text();
    const auto offset = op == Op::list_files ? 0 : in.number<std::uint64_t>();
    const auto length = op == Op::list_files ? 0 : in.number<std::uint64_t>();
    if (!in.complete()) return;
    remember("file", name);
    if (table == nullptr) {
        reply().number(tl_status{TL_UNSUPPORTED});
    } else if (op == Op::list_files) {
        struct Entries {
            std::uint64_t count = 0;
            std::string texts;
        } entries;
        const auto sink = [](void* out, const tl_file_entry* entry) noexcept {
            auto& to = *static_cast<Entries*>(out);
            ++to.count;
            runner::Writer<std::string>(to.texts)
                .text(entry->name)
                .number(entry->bytes)
                .number(entry->modified_unix_ns)
                .number(entry->id);
        };
        const tl_status status = table->list(job_.raw(), name, sink, &entries);
        reply().number(status).number(entries.count);
        reply_ += entries.texts;
    } else if (op == Op::read_file) {
        tl_body body = 0;
        const tl_status status = table->read(job_.raw(), name, offset, length, &body);
        reply().number(status).number(body);
    } else {
        std::uint8_t digest[32] = {};
        const tl_status status = table->digest(job_.raw(), name, offset, length, digest);
        const std::string_view bytes(reinterpret_cast<const char*>(digest), sizeof(digest));
        reply().number(status).text(bytes);
    }
}

void CallServer::stream(Op op, Reader& in) {
    const auto* table = static_cast<const tl_stream_1*>(find_service(TL_STREAM_1, job_.instance));
    if (op == Op::stream_stays) {
        const bool stays = table != nullptr && table->stays(job_.raw()) != 0;
        reply().number(tl_status{stays ? TL_OK : TL_END});
        return;
    }
    if (op == Op::open_stream) {
        tl_stream_open what{};
        what.size = sizeof(what);
        what.target = in.text();
        what.path = in.text();
        const auto query = in.pairs();
        what.query = query.data();
        what.query_count = query.size();
        if (!in.complete()) return;
        remember("stream", what.target, what.path);
        tl_stream opened = 0;
        const tl_status status =
            table == nullptr ? TL_UNSUPPORTED : table->open(job_.raw(), &what, &opened);
        reply().number(status).number(opened);
        return;
    }
    const auto handle = in.number<tl_stream>();
    const tl_str bytes = op == Op::send_stream ? in.text() : tl_str{};
    const auto longest = op == Op::receive_stream ? in.number<std::uint32_t>() : 0;
    if (!in.complete()) return;
    if (op == Op::close_stream) {
        if (table != nullptr) table->close(job_.raw(), handle);
    } else if (op == Op::send_stream) {
        remember("send");
        reply().number(table == nullptr ? TL_UNSUPPORTED : table->send(job_.raw(), handle, bytes));
    } else {
        tl_body frame = 0;
        const tl_status status =
            table == nullptr ? TL_UNSUPPORTED : table->receive(job_.raw(), handle, longest, &frame);
        reply().number(status).number(frame);
    }
}

void CallServer::rows(Reader& in) {
    tl_rows_query query{};
    query.size = sizeof(query);
    query.target = in.text();
    query.sql = in.text();
    std::vector<tl_str> parameters(in.count(runner::k_text_bytes));
    for (tl_str& parameter : parameters) parameter = in.text();
    query.parameters = parameters.data();
    query.parameter_count = parameters.size();
    query.max_rows = in.number<std::uint64_t>();
    if (!in.complete()) return;
    remember("rows", query.target);
    const auto* table = static_cast<const tl_rows_1*>(find_service(TL_ROWS_1, job_.instance));
    tl_rows_page page{};
    page.size = sizeof(page);
    const tl_status status =
        table == nullptr ? TL_UNSUPPORTED : table->query(job_.raw(), &query, &page);
    reply().number(status).number(page.more).number(page.body).number(page.rows);
}

}  // namespace touchline::host
