#include "event.hpp"

namespace bluesky {

namespace {

void read_operations(const Cbor& body, Event& event) {
    const std::string& car = body.at("blocks").bytes;
    for (const Cbor& from : body.at("ops").items) {
        const std::string path = from.text("path");
        const auto slash = path.find('/');
        if (slash == std::string::npos) continue;
        Operation operation;
        operation.collection = path.substr(0, slash);
        operation.rkey = path.substr(slash + 1);
        operation.deleted = from.text("action") == "delete";
        const Cbor& cid = from.at("cid");
        if (cid.kind == Cbor::Kind::link) {
            operation.cid = cid_text(cid.bytes);
            if (auto block = find_block(car, cid.bytes)) operation.value = take_cbor(*block);
        }
        event.operations.push_back(std::move(operation));
    }
}

}  // namespace

std::optional<Event> read_event(std::string_view frame) {
    const auto header = take_cbor(frame);
    if (!header || header->kind != Cbor::Kind::map) return std::nullopt;
    const auto body = take_cbor(frame);
    if (!body || body->kind != Cbor::Kind::map) return std::nullopt;
    Event event;
    if (header->integer_at("op") == -1) {
        event.kind = Event::Kind::error;
        event.name = body->text("error");
        return event;
    }
    const std::string type = header->text("t");
    event.seq = body->integer_at("seq");
    event.did = body->text(type == "#commit" ? "repo" : "did");
    event.rev = body->text("rev");
    event.time = body->text("time");
    if (type == "#commit") {
        event.kind = Event::Kind::commit;
        event.incomplete = body->integer_at("tooBig") != 0;
        read_operations(*body, event);
    } else if (type == "#account") {
        event.kind = Event::Kind::account;
        event.active = body->integer_at("active") != 0;
        event.status = body->text("status");
    } else if (type == "#identity") {
        event.kind = Event::Kind::identity;
    } else if (type == "#sync") {
        event.kind = Event::Kind::sync;
    } else if (type == "#info") {
        event.kind = Event::Kind::info;
        event.name = body->text("name");
    }
    return event;
}

std::int64_t tid_time_ms(std::string_view tid) {
    constexpr std::string_view k_alphabet = "234567abcdefghijklmnopqrstuvwxyz";
    if (tid.size() != 13) return 0;
    std::uint64_t value = 0;
    for (const char c : tid) {
        const auto digit = k_alphabet.find(c);
        if (digit == std::string_view::npos) return 0;
        value = value << 5U | digit;
    }
    // Ten bits tell clocks apart; the rest are microseconds.
    return static_cast<std::int64_t>((value >> 10U) & 0x1fffffffffffffU) / 1000;
}

}  // namespace bluesky
