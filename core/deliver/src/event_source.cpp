#include "event_source.hpp"

#include "touchline/deliver/cloud_event.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/model/touchpoint.hpp"

namespace touchline::deliver {

namespace {

std::string_view text_of(const std::optional<json::View>& value) {
    return value ? value->as_string().value_or("") : std::string_view();
}

constexpr std::string_view k_retracted = "touchline.touchpoint.retracted";

/// The touchpoint as it was, with the state that it has now.
std::string retracted(json::View record, const std::string& data) {
    auto touchpoint = model::read_touchpoint(record);
    if (!touchpoint) return data;
    touchpoint->state = model::State::retracted;
    json::Writer writer;
    model::write(writer, *touchpoint);
    return writer.take();
}

}  // namespace

Result<const store::Customer*> EventSource::customer(store::CustomerKey key) {
    const auto known = customers_.find(key);
    if (known != customers_.end()) return &known->second;
    TOUCHLINE_TRY(auto living, reader_.resolve(key));
    return &customers_.emplace(key, std::move(living)).first->second;
}

Result<store::CustomerKey> EventSource::living(store::CustomerKey key) {
    TOUCHLINE_TRY(const auto* found, customer(key));
    return found->key;
}

Result<std::optional<Prepared>> EventSource::prepare(const store::FeedEntry& entry) {
    TOUCHLINE_TRY(const auto* owner, customer(entry.customer));
    Prepared out;
    out.position = entry.position;
    out.customer = owner->key;
    out.subject = owner->id;
    out.type = entry.type;
    CloudEvent event;
    event.type = out.type;
    event.subject = out.subject;
    event.sequence = entry.position;
    event.recorded = entry.at;
    const auto position = std::to_string(entry.position);
    if (entry.touchpoint == store::TouchpointKey::none) {
        out.id = "fe_" + position;
        event.id = out.id;
        event.source = "/customers";
        event.time = entry.at;
        event.data = entry.data;
        out.body = to_json(event);
        return std::optional(std::move(out));
    }
    TOUCHLINE_TRY(const auto touchpoint, reader_.touchpoint(entry.touchpoint));
    if (!touchpoint) return std::optional<Prepared>();
    TOUCHLINE_TRY(const auto record, parser_.parse(touchpoint->data));
    const auto source = record.get("source");
    const auto from =
        connection_source(source ? text_of(source->get("connection")) : std::string_view());
    // A touchpoint that changed is another event: the position keeps receivers from taking it for a
    // repetition.
    out.id = std::string(text_of(record.get("id"))) + "." + position;
    event.id = out.id;
    event.source = from;
    event.time = touchpoint->occurred_at;
    event.dataschema = k_touchpoint_dataschema;
    std::string as_retracted;
    if (entry.type == k_retracted) as_retracted = retracted(record, touchpoint->data);
    event.data = as_retracted.empty() ? touchpoint->data : as_retracted;
    out.body = to_json(event);
    return std::optional(std::move(out));
}

}  // namespace touchline::deliver
