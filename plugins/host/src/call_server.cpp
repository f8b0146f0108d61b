#include "call_server.hpp"

#include "services.hpp"
#include "status.hpp"

#include "touchline/base/text.hpp"

namespace touchline::host {

using runner::Op;
using runner::Reader;

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
        case Op::settle:
            reply().number(tl_status{TL_OK});
            break;
        default:
            return false;
    }
    if (!in.complete()) return false;
    if (message.op < Op::settle) return true;
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
        const auto fields = in.pairs();
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
        posted(table.page(job_.raw(), &page));
    } else if (op == Op::bad_record) {
        tl_bad_record record{};
        record.size = sizeof(record);
        record.stream = in.text();
        record.external_id = in.text();
        record.bytes = in.text();
        record.reason = in.text();
        if (in.complete()) posted(table.bad_record(job_.raw(), &record));
    } else if (op == Op::checkpoint) {
        tl_checkpoint checkpoint{};
        checkpoint.size = sizeof(checkpoint);
        checkpoint.state_version = in.number<std::uint32_t>();
        checkpoint.stream = in.text();
        checkpoint.state = in.text();
        if (!in.complete()) return;
        remember("checkpoint of", checkpoint.stream);
        posted(table.checkpoint(job_.raw(), &checkpoint));
    } else {
        tl_item item{};
        item.size = sizeof(item);
        item.status = in.number<tl_status>();
        item.index = in.number<std::uint64_t>();
        item.retry_after_ms = in.number<std::int64_t>();
        item.message = in.text();
        item.bytes = in.text();
        if (in.complete()) posted(result_service()->item(job_.raw(), &item));
    }
}

void CallServer::posted(tl_status status) {
    auto& refused = process_.words().refused;
    if (status < 0 && refused == TL_OK) refused = status;
}

void CallServer::remember(const char* what, tl_str first, tl_str second) {
    last_asked_ = what;
    for (const tl_str part : {first, second}) {
        if (part.n > 0) last_asked_ += " " + to_utf8(host::view(part));
    }
    last_asked_ = truncate_text(last_asked_, 300);
}

}  // namespace touchline::host
