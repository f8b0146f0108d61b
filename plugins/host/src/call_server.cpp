#include "call_server.hpp"

#include "services.hpp"
#include "status.hpp"

#include "touchline/base/text.hpp"

#include <cstring>
#include <vector>

namespace touchline::host {

using runner::Op;
using runner::Reader;

namespace {

std::vector<tl_pair> pairs(Reader& in) {
    std::vector<tl_pair> list(in.count(2 * runner::k_text_bytes));
    for (tl_pair& pair : list) {
        pair.name = in.text();
        pair.value = in.text();
    }
    return list;
}

}  // namespace

CallServer::~CallServer() {
    for (const auto& [body, place] : viewed_) process_.places().give_back(place);
}

bool CallServer::answer(const FromRunner& message) {
    reply_.clear();
    Reader in(message.payload);
    switch (message.op) {
        case Op::log:
        case Op::error:
        case Op::now_unix_ms:
        case Op::monotonic_ms:
        case Op::sleep_until:
            run(message.op, in);
            break;
        case Op::release:
        case Op::make_body:
        case Op::view_body:
        case Op::body_length:
            body(message.op, in);
            break;
        case Op::pick:
        case Op::count:
            json(message.op, in);
            break;
        case Op::execute:
        case Op::follow:
        case Op::header:
            http(message.op, in);
            break;
        case Op::page:
        case Op::bad_record:
        case Op::checkpoint:
        case Op::item:
            emit(message.op, in);
            break;
        case Op::list_files:
        case Op::read_file:
        case Op::digest_file:
            file(message.op, in);
            break;
        case Op::open_stream:
        case Op::send_stream:
        case Op::receive_stream:
        case Op::close_stream:
        case Op::stream_stays:
            stream(message.op, in);
            break;
        case Op::query_rows:
            rows(in);
            break;
        default:
            return false;
    }
    if (!in.complete()) return false;
    const bool one_way = message.op == Op::log || message.op == Op::error ||
                         message.op == Op::release || message.op == Op::close_stream;
    if (one_way) return true;
    auto sent = process_.send(Op::reply, message.call, reply_);
    if (sent) return true;
    if (sent.error().code() != Code::denied) return false;
    reply_.clear();
    reply().number(job_.fail(std::move(sent).error()));
    return bool(process_.send(Op::reply, message.call, reply_));
}

void CallServer::run(Op op, Reader& in) {
    const tl_run_1& table = *run_service();
    if (op == Op::log) {
        const auto level = in.number<std::int32_t>();
        const tl_str text = in.text();
        const auto fields = pairs(in);
        if (in.complete()) table.log(job_.raw(), level, text, fields.data(), fields.size());
    } else if (op == Op::error) {
        const auto status = in.number<tl_status>();
        const tl_str code = in.text(), text = in.text();
        const auto retry_after = in.number<std::int64_t>();
        if (in.complete()) table.error(job_.raw(), status, code, text, retry_after);
    } else if (op == Op::sleep_until) {
        const auto until = in.number<std::int64_t>();
        if (in.complete()) reply().number(table.sleep_until(job_.raw(), until));
    } else {
        const auto clock = op == Op::now_unix_ms ? table.now_unix_ms : table.monotonic_ms;
        reply().number(tl_status{TL_OK}).number(clock(job_.raw()));
    }
}

void CallServer::body(Op op, Reader& in) {
    const tl_body_1& table = *body_service();
    if (op == Op::make_body) {
        const tl_str bytes = in.text();
        if (!in.complete()) return;
        tl_body made = 0;
        const tl_status status = table.make(job_.raw(), bytes, &made);
        reply().number(status).number(made);
        return;
    }
    const auto handle = in.number<tl_body>();
    if (!in.complete()) return;
    if (op == Op::release) {
        if (const auto place = viewed_.find(handle); place != viewed_.end()) {
            process_.places().give_back(place->second);
            viewed_.erase(place);
        }
        table.release(job_.raw(), handle);
    } else if (op == Op::view_body) {
        std::uint64_t offset = 0, length = 0;
        const tl_status status = view(handle, offset, length);
        reply().number(status).number(offset).number(length);
    } else {
        std::uint64_t length = 0;
        const tl_status status = table.length(job_.raw(), handle, &length);
        reply().number(status).number(length);
    }
}

tl_status CallServer::view(tl_body handle, std::uint64_t& offset, std::uint64_t& length) {
    tl_str bytes{};
    const tl_status status = body_service()->view(job_.raw(), handle, &bytes);
    if (status < 0) return status;
    length = bytes.n;
    if (const auto place = viewed_.find(handle); place != viewed_.end()) {
        offset = place->second;
        return status;
    }
    auto place = process_.places().take(bytes.n);
    if (!place) return job_.fail(std::move(place).error());
    offset = *place;
    if (bytes.n > 0) std::memcpy(process_.arena() + offset, bytes.p, bytes.n);
    viewed_.emplace(handle, offset);
    return status;
}

void CallServer::json(Op op, Reader& in) {
    const tl_json_1& table = *json_service();
    const auto handle = in.number<tl_body>();
    if (op == Op::count) {
        const tl_str pointer = in.text();
        if (!in.complete()) return;
        std::uint64_t count = 0;
        const tl_status status = table.count(job_.raw(), handle, pointer, &count);
        reply().number(status).number(count);
        return;
    }
    std::vector<tl_str> pointers(in.count(runner::k_text_bytes));
    for (tl_str& pointer : pointers) pointer = in.text();
    if (!in.complete()) return;
    reply().number(tl_status{TL_OK});
    const auto sink = [](void* out, std::uint64_t, std::int32_t kind, tl_str value) noexcept {
        runner::Writer<std::string>(*static_cast<std::string*>(out)).number(kind).text(value);
    };
    const tl_status status =
        table.pick(job_.raw(), handle, pointers.data(), pointers.size(), sink, &reply_);
    if (status < 0) {
        reply_.clear();
        reply().number(status);
    }
}

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
    const auto query = pairs(in), headers = pairs(in);
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

void CallServer::emit(Op op, Reader& in) {
    const tl_emit_1& table = *emit_service();
    if (op == Op::page) {
        tl_page page{};
        page.size = sizeof(page);
        page.format = in.number<std::int32_t>();
        page.stream = in.text();
        page.body = in.number<tl_body>();
        page.inline_bytes = in.text();
        page.records = in.text();
        if (!in.complete()) return;
        remember("page of", page.stream);
        reply().number(table.page(job_.raw(), &page));
    } else if (op == Op::bad_record) {
        tl_bad_record record{};
        record.size = sizeof(record);
        record.stream = in.text();
        record.external_id = in.text();
        record.bytes = in.text();
        record.reason = in.text();
        if (in.complete()) reply().number(table.bad_record(job_.raw(), &record));
    } else if (op == Op::checkpoint) {
        tl_checkpoint checkpoint{};
        checkpoint.size = sizeof(checkpoint);
        checkpoint.state_version = in.number<std::uint32_t>();
        checkpoint.stream = in.text();
        checkpoint.state = in.text();
        if (!in.complete()) return;
        remember("checkpoint of", checkpoint.stream);
        reply().number(table.checkpoint(job_.raw(), &checkpoint));
    } else {
        tl_item item{};
        item.size = sizeof(item);
        item.status = in.number<tl_status>();
        item.index = in.number<std::uint64_t>();
        item.retry_after_ms = in.number<std::int64_t>();
        item.message = in.text();
        item.bytes = in.text();
        if (in.complete()) reply().number(result_service()->item(job_.raw(), &item));
    }
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
        const auto query = pairs(in);
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

void CallServer::remember(const char* what, tl_str first, tl_str second) {
    last_asked_ = what;
    for (const tl_str part : {first, second}) {
        if (part.n > 0) last_asked_ += " " + to_utf8(host::view(part));
    }
    last_asked_ = truncate_text(last_asked_, 300);
}

}  // namespace touchline::host
