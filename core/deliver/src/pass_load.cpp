#include "pass.hpp"

#include <algorithm>

namespace touchline::deliver {

namespace {

/// A customer's events go out one after the other, so a pass makes no more writes than this.
constexpr std::size_t k_lane_max = 16;

}  // namespace

Result<void> Pass::load(store::Reader& reader, std::size_t limit) {
    limit_ = limit;
    TOUCHLINE_TRY(state_, reader.destination(name_));
    window_end_ = state_.cursor;
    report_.enabled = state_.enabled;
    if (!state_.enabled) return {};
    EventSource source(reader);
    TOUCHLINE_CHECK(load_parked(reader, source));
    return load_new(reader, source);
}

Result<void> Pass::load_parked(store::Reader& reader, EventSource& source) {
    TOUCHLINE_TRY(const auto rows, reader.parked(name_));
    for (const auto& row : rows) {
        parked_.insert(row.position);
        TOUCHLINE_TRY(const auto customer, source.living(row.customer));
        auto& lane = lanes_[customer];
        // Only the first of a customer has a time of its own; the others wait for it.
        if (!lane.waits && row.next_at > now_) {
            lane.closed = true;
            due_at(row.next_at);
        }
        lane.waits = true;
        if (!lane.closed && !lane.full) TOUCHLINE_CHECK(load_row(reader, source, row, lane));
    }
    return {};
}

Result<void> Pass::load_row(
    store::Reader& reader, EventSource& source, const store::Parked& row, Lane& lane
) {
    lane.full = lane.items.size() == k_lane_max || loaded_events_ == limit_;
    if (!lane.full) {
        TOUCHLINE_TRY(const auto entries, reader.feed_after(row.position - 1, 1));
        std::optional<Prepared> event;
        if (!entries.empty() && entries.front().position == row.position &&
            is_wanted(entries.front().type)) {
            TOUCHLINE_TRY(event, source.prepare(entries.front()));
        }
        if (!event) {
            to_unpark_.insert(row.position);
            return {};
        }
        lane.full = !fits(*event);
        if (!lane.full) add(lane, std::move(*event), row.attempts, true);
    }
    if (lane.full) report_.more = true;
    return {};
}

Result<void> Pass::load_new(store::Reader& reader, EventSource& source) {
    if (parked_.size() > options_.parked_max || loaded_events_ == limit_) return {};
    TOUCHLINE_TRY(const auto entries, reader.feed_after(state_.cursor, limit_));
    for (const auto& entry : entries) {
        std::optional<Prepared> event;
        if (is_wanted(entry.type)) {
            TOUCHLINE_TRY(event, source.prepare(entry));
        }
        if (event) {
            auto& lane = lanes_[event->customer];
            if (lane.waits) {
                followers_.push_back(
                    {entry.position, event->customer, 0, now_, "waits for an earlier event"}
                );
            } else if (loaded_events_ == limit_ || lane.items.size() == k_lane_max || !fits(*event)) {
                report_.more = true;
                return {};
            } else {
                add(lane, std::move(*event), 0, false);
            }
        }
        window_end_ = entry.position;
    }
    if (entries.size() == limit_) report_.more = true;
    return {};
}

bool Pass::is_wanted(std::string_view type) const {
    return options_.types.empty() ||
           std::ranges::any_of(options_.types, [&](std::string_view wanted) {
               if (!wanted.ends_with('*')) return type == wanted;
               return type.starts_with(wanted.substr(0, wanted.size() - 1));
           });
}

bool Pass::fits(const Prepared& event) const {
    return loaded_bytes_ == 0 || loaded_bytes_ + event.body.size() <= options_.batch_bytes;
}

void Pass::add(Lane& lane, Prepared event, std::uint32_t attempts, bool was_parked) {
    ++loaded_events_;
    loaded_bytes_ += event.body.size();
    lane.items.push_back({std::move(event), attempts, was_parked});
}

}  // namespace touchline::deliver
