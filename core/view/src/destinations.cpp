#include "touchline/view/destinations.hpp"

#include <algorithm>

namespace touchline::view {
namespace {

/// A few events on their way are no lag.
constexpr std::int64_t k_on_the_way = 500;

std::string state_of(
    const DestinationInfo& info,
    const store::DestinationState& stored,
    const DestinationHealth& health
) {
    if (!info.enabled) return "paused";
    if (!stored.enabled) return "disabled";
    if (health.parked > 0) return "failing";
    return health.waiting > k_on_the_way ? "behind" : "current";
}

/// Parked events are older than those that the destination has not seen.
Result<std::optional<Time>> oldest_of(
    store::Reader& reader, store::FeedPosition cursor, const std::vector<store::Parked>& parked
) {
    const store::FeedPosition before = parked.empty() ? cursor : parked.front().position - 1;
    TOUCHLINE_TRY(const auto entries, reader.feed_after(before, 1));
    return entries.empty() ? std::optional<Time>() : std::optional(entries.front().at);
}

}  // namespace

Result<std::vector<DestinationHealth>> destinations(
    store::Reader& reader, const Catalogue& catalogue
) {
    std::vector<DestinationHealth> result;
    TOUCHLINE_TRY(const store::FeedPosition head, reader.feed_head());
    for (const DestinationInfo& info : catalogue.destinations) {
        TOUCHLINE_TRY(const store::DestinationState stored, reader.destination(info.id));
        TOUCHLINE_TRY(const auto parked, reader.parked(info.id));
        TOUCHLINE_TRY(const store::ConnectionStats stats, reader.connection_stats(info.id));
        DestinationHealth health;
        health.destination = info.id;
        health.plugin = info.plugin;
        health.waiting = std::max<std::int64_t>(0, head - stored.cursor);
        health.parked = std::ssize(parked);
        health.dead_letters = stats.dead_letters;
        health.reason = stored.reason;
        for (const store::Parked& one : parked) {
            if (health.reason.empty()) health.reason = one.error;
            if (!health.next_attempt || one.next_at < *health.next_attempt)
                health.next_attempt = one.next_at;
        }
        TOUCHLINE_TRY(health.behind_since, oldest_of(reader, stored.cursor, parked));
        health.state = state_of(info, stored, health);
        result.push_back(std::move(health));
    }
    return result;
}

void write(json::Writer& writer, const std::vector<DestinationHealth>& destinations) {
    writer.begin_object().key("destinations").begin_array();
    for (const DestinationHealth& health : destinations) {
        writer.begin_object().member("id", health.destination).member("plugin", health.plugin);
        writer.member("state", health.state).member("reason", health.reason);
        writer.member("waiting", health.waiting).member("parked", health.parked);
        writer.member("dead_letters", health.dead_letters).key("next_attempt");
        health.next_attempt ? writer.value(format_rfc3339(*health.next_attempt)) : writer.null();
        writer.key("behind_since");
        health.behind_since ? writer.value(format_rfc3339(*health.behind_since)) : writer.null();
        writer.end_object();
    }
    writer.end_array().end_object();
}

}  // namespace touchline::view
