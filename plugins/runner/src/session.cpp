#include "session.hpp"

#include "services.hpp"

#include <malloc.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace touchline::runner {
namespace {

std::string copy(tl_str text) {
    return text.n == 0 ? std::string() : std::string(text.p, text.n);
}

tl_str view(const std::string& text) {
    return {text.data(), text.size()};
}

/// Calls that follow each other closely find the arena's memory as they left it.
constexpr int k_rest_after_ms = 1000;

template <typename Table>
const Table* capability_of(const tl_plugin& plugin, const char* id) {
    return static_cast<const Table*>(plugin.capability(id));
}

std::uint32_t capabilities_of(const tl_plugin& plugin) {
    std::uint32_t found = 0;
    const auto* source = capability_of<tl_source_1>(plugin, TL_SOURCE_1);
    if (source != nullptr && TL_HAS(tl_source_1, source, read) && source->read != nullptr) {
        found |= k_source;
        if (TL_HAS(tl_source_1, source, webhook) && source->webhook != nullptr) found |= k_webhook;
    }
    const auto* destination = capability_of<tl_destination_1>(plugin, TL_DESTINATION_1);
    if (destination != nullptr && TL_HAS(tl_destination_1, destination, write) &&
        destination->write != nullptr) {
        found |= k_destination;
    }
    const auto* enricher = capability_of<tl_enricher_1>(plugin, TL_ENRICHER_1);
    if (enricher != nullptr && TL_HAS(tl_enricher_1, enricher, enrich) &&
        enricher->enrich != nullptr) {
        found |= k_enricher;
    }
    return found;
}

}  // namespace

Session::Session(Channel& channel, const tl_plugin& plugin, const StartOrder& order)
    : channel_(channel),
      plugin_(plugin),
      services_(order.services),
      idle_ms_(order.idle_ms),
      host_name_(copy(order.host_name)),
      host_version_(copy(order.host_version)),
      host_{
          {sizeof(tl_host), TL_ABI_MINOR, view(host_name_), view(host_version_), &service}, this} {}

void Session::describe(StartReport& report) const {
    report.abi_major = plugin_.abi_major;
    report.abi_minor_needed = plugin_.abi_minor_needed;
    report.schema_major = plugin_.schema_major;
    report.id = plugin_.id;
    report.version = plugin_.version;
    report.capabilities = capabilities_of(plugin_);
}

void Session::serve() {
    while (const auto message = next()) {
        call_ = message->call;
        // The arguments outlive what the connector asks for meanwhile.
        const std::string payload(message->payload);
        Reader in(payload);
        unsent_ = TL_OK;
        const tl_status performed = perform(message->op, in);
        begin().number(performed >= 0 && unsent_ < 0 ? unsent_ : performed);
        channel_.send(Op::returned, call_);
    }
    if (self_ != nullptr) plugin_.destroy(self_);
}

std::optional<Message> Session::next() {
    // Nobody starts a runner without something to do.
    constexpr int k_for_ever = -1;
    if (call_ == 0) return channel_.receive(k_for_ever);
    const int first_ms = std::min(idle_ms_, k_rest_after_ms);
    if (const auto message = channel_.receive(first_ms)) return message;
    channel_.rest();
    malloc_trim(0);
    return channel_.receive(idle_ms_ - first_ms);
}

tl_status Session::perform(Op op, Reader& in) {
    if (op == Op::create) return create(in);
    if (self_ == nullptr) return TL_INTERNAL;
    switch (op) {
        case Op::check:
            return plugin_.check(self_, job());
        case Op::read:
            return read(in);
        case Op::webhook:
            return webhook(in);
        case Op::write:
            return batch(TL_DESTINATION_1, &tl_destination_1::write, in);
        case Op::enrich:
            return batch(TL_ENRICHER_1, &tl_enricher_1::enrich, in);
        default:
            return TL_UNSUPPORTED;
    }
}

tl_status Session::create(Reader& in) {
    const tl_str settings = in.text();
    void* self = nullptr;
    const tl_status status = plugin_.create(&host_.table, job(), settings, &self);
    if (status < 0) return status;
    self_ = self;
    return self == nullptr ? TL_END : TL_OK;
}

tl_status Session::read(Reader& in) {
    tl_read args{};
    args.size = sizeof(args);
    args.state_version = in.number<std::uint32_t>();
    args.stream = in.text();
    args.state = in.text();
    args.since_unix_ms = in.number<std::int64_t>();
    args.until_unix_ms = in.number<std::int64_t>();
    return capability_of<tl_source_1>(plugin_, TL_SOURCE_1)->read(self_, job(), &args);
}

tl_status Session::webhook(Reader& in) {
    tl_webhook args{};
    args.size = sizeof(args);
    args.stream = in.text();
    const std::vector<tl_pair> headers = in.pairs();
    args.headers = headers.data();
    args.header_count = headers.size();
    args.body = in.number<tl_body>();
    return capability_of<tl_source_1>(plugin_, TL_SOURCE_1)->webhook(self_, job(), &args);
}

template <typename Table, typename Function>
tl_status Session::batch(const char* capability, Function Table::*function, Reader& in) {
    std::vector<tl_record> records(in.count(3 * k_text_bytes));
    for (tl_record& record : records) {
        record.id = in.text();
        record.subject = in.text();
        record.type = in.text();
        record.body = in.number<tl_body>();
        record.body_bytes = in.number<std::uint64_t>();
    }
    const tl_batch args{sizeof(tl_batch), 0, records.data(), records.size()};
    return (capability_of<Table>(plugin_, capability)->*function)(self_, job(), &args);
}

Writer<FixedBuffer> Session::begin() {
    if (channel_.is_full()) {
        channel_.begin();
        channel_.send(Op::settle, call_);
        channel_.receive(-1);
    }
    return channel_.begin();
}

void Session::tell(Op op) {
    if (channel_.fits()) channel_.send(op, call_);
}

Session::Answer Session::ask(Op op) {
    // Far above what the host takes in one call.
    if (!channel_.fits()) return {TL_DENIED, Reader({})};
    channel_.send(op, call_);
    const auto message = channel_.receive(-1);
    Reader in(message ? message->payload : std::string_view());
    const auto status = in.number<tl_status>();
    return {status, in};
}

tl_status Session::post(Op op) {
    if (unsent_ < 0) return unsent_;
    const tl_status refused = channel_.words().refused.load(std::memory_order_relaxed);
    if (refused < 0) return refused;
    if (!channel_.fits()) return unsent_ = TL_DENIED;
    channel_.send(op, call_);
    return TL_OK;
}

const void* Session::service(const tl_host* host, const char* id) noexcept {
    const auto* own = reinterpret_cast<const HostTable*>(host);
    return find_service(id, own->session->services_);
}

}  // namespace touchline::runner
