// What a connector asks of bodies: their bytes, and values of their JSON.
#include "call_server.hpp"
#include "services.hpp"

#include <cstring>
#include <vector>

namespace touchline::host {

using runner::Op;
using runner::Reader;

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

}  // namespace touchline::host
