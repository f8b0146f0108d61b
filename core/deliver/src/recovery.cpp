#include "touchline/deliver/recovery.hpp"

#include "touchline/json/view.hpp"

#include <charconv>

namespace touchline::deliver {
namespace {

/// The event says itself where it stands in the feed.
Result<store::FeedPosition> position_of(std::string_view body) {
    TOUCHLINE_TRY(const json::Document event, json::Document::parse(body));
    const auto sequence = event.root().get("sequence");
    const std::string_view text = sequence ? sequence->as_string().value_or("") : "";
    store::FeedPosition position = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), position);
    if (fault != std::errc() || end != text.data() + text.size() || position <= 0)
        return Error(Code::bad_data, "the event does not say where it stands in the feed");
    return position;
}

}  // namespace

Result<void> enable_destination(store::Store& store, std::string_view destination) {
    TOUCHLINE_TRY(const auto transaction, store.begin());
    TOUCHLINE_TRY(store::DestinationState state, transaction->read().destination(destination));
    if (state.enabled) return {};
    state.enabled = true;
    state.reason.clear();
    TOUCHLINE_CHECK(transaction->set_destination(destination, state));
    return transaction->commit();
}

Result<void> retry_delivery(store::Store& store, store::DeadLetterKey key, Time now) {
    TOUCHLINE_TRY(const auto transaction, store.begin());
    store::Reader& reader = transaction->read();
    TOUCHLINE_TRY(const auto letter, reader.dead_letter(key));
    if (!letter) return Error(Code::not_found, "there is no such dead letter");
    if (letter->stage != "deliver")
        return Error(Code::bad_data, "the dead letter is a record, not a delivery");
    TOUCHLINE_TRY(const std::string body, reader.dead_letter_raw(key));
    TOUCHLINE_TRY(const store::FeedPosition position, position_of(body));
    TOUCHLINE_TRY(const auto entries, reader.feed_after(position - 1, 1));
    if (entries.empty() || entries.front().position != position)
        return Error(Code::not_found, "the feed no longer holds the event");
    const store::Parked waiting{position, entries.front().customer, 0, now, {}};
    TOUCHLINE_CHECK(transaction->park(letter->connection, waiting));
    TOUCHLINE_CHECK(transaction->drop_dead_letter(key));
    return transaction->commit();
}

}  // namespace touchline::deliver
