#include "tap.hpp"

#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

constexpr std::size_t k_rows = 1'000;
constexpr std::size_t k_most_bytes = 8'192;
constexpr std::size_t k_entries = 500;
constexpr std::int64_t k_watched_seconds = 30;

std::int64_t steady_seconds(const Clock& clock) {
    return std::chrono::duration_cast<std::chrono::seconds>(clock.steady().time_since_epoch())
        .count();
}

}  // namespace

bool Tap::is_watching() const {
    return steady_seconds(installation_.clock()) < watched_until_.load(std::memory_order_relaxed);
}

void Tap::record(const ingest::SeenRecord& record) {
    const std::lock_guard lock(mutex_);
    api::TapRow row;
    row.connection = record.connection;
    row.stream = record.stream;
    row.external_id = record.external_id;
    row.stage = "raw";
    row.text = record.bytes.substr(0, k_most_bytes);
    add(row);
    row.stage = "mapped";
    if (record.unchanged) return;
    if (!record.fault.empty()) {
        json::Writer writer;
        writer.begin_object().member("dead_letter", record.fault).end_object();
        row.text = writer.take();
        return add(std::move(row));
    }
    for (const std::string_view touchpoint : record.touchpoints) {
        row.text = touchpoint.substr(0, k_most_bytes);
        add(row);
    }
}

void Tap::add(api::TapRow row) {
    row.number = next_++;
    row.at = installation_.clock().now();
    rows_.push_back(std::move(row));
    if (rows_.size() > k_rows) rows_.pop_front();
}

std::vector<api::TapRow> Tap::rows(std::int64_t after, std::size_t limit) {
    const bool was_watching = is_watching();
    watched_until_ = steady_seconds(installation_.clock()) + k_watched_seconds;
    const std::lock_guard lock(mutex_);
    if (!was_watching) {
        // What happened while nobody looked is in the store, not here.
        rows_.clear();
        seen_ = -1;
    }
    // A store that cannot be read has its own place to say so.
    static_cast<void>(look_at_feed().has_value());
    std::vector<api::TapRow> rows;
    const auto newer =
        std::ranges::find_if(rows_, [after](const api::TapRow& row) { return row.number > after; });
    for (auto row = newer; row != rows_.end() && rows.size() < limit; ++row) rows.push_back(*row);
    return rows;
}

Result<void> Tap::look_at_feed() {
    TOUCHLINE_TRY(const auto reader, installation_.environment().store.reader());
    TOUCHLINE_TRY(const store::FeedPosition head, reader->feed_head());
    const bool first = seen_ < 0;
    if (first) seen_ = head;
    TOUCHLINE_TRY(const auto entries, reader->feed_after(seen_, k_entries));
    for (const store::FeedEntry& entry : entries) {
        seen_ = entry.position;
        if (entry.touchpoint != store::TouchpointKey::none) continue;
        TOUCHLINE_TRY(const store::Customer customer, reader->resolve(entry.customer));
        json::Writer writer;
        writer.begin_object().member("type", entry.type).key("data");
        entry.data.empty() ? writer.null() : writer.raw(entry.data);
        writer.end_object();
        api::TapRow row;
        row.stage = "merged";
        row.external_id = customer.id;
        row.text = writer.take();
        add(std::move(row));
    }
    if (first) delivered_.clear();
    return look_at_destinations(*reader);
}

Result<void> Tap::look_at_destinations(store::Reader& reader) {
    for (const view::DestinationInfo& destination : installation_.catalogue().destinations) {
        TOUCHLINE_TRY(const auto state, reader.destination(destination.id));
        const auto [known, is_new] = delivered_.try_emplace(destination.id, state.cursor);
        if (is_new || known->second == state.cursor) continue;
        TOUCHLINE_TRY(const auto parked, reader.parked(destination.id));
        json::Writer writer;
        writer.begin_object().member("events", state.cursor - known->second);
        writer.member("up_to", state.cursor);
        writer.member("waiting_for_another_attempt", parked.size()).end_object();
        known->second = state.cursor;
        api::TapRow row;
        row.stage = "out";
        row.connection = destination.id;
        row.text = writer.take();
        add(std::move(row));
    }
    return {};
}

}  // namespace touchline::app
