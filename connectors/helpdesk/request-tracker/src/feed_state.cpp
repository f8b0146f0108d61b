#include "feed_state.hpp"

#include <algorithm>

namespace request_tracker {

namespace sdk = touchline::sdk;

namespace {

constexpr std::int64_t k_overlap_seconds = 60;
constexpr std::size_t k_most_rows = 200;

}  // namespace

sdk::Result<FeedState> FeedState::parse(sdk::Job& job, const std::string& text) {
    FeedState state;
    if (text.empty()) return state;
    const auto refuse = [] {
        return sdk::Error(
            sdk::Status::config,
            "The stored state of the transaction feed cannot be read: reset the stream."
        );
    };
    TL_TRY(const auto body, job.make_body(text));
    const auto floor = body.pick("/floor");
    if (!floor || !floor->as_int()) return refuse();
    state.floor_ = *floor->as_int();
    TL_TRY(const auto ids, body.pick_each("/recent", "/0"));
    TL_TRY(const auto times, body.pick_each("/recent", "/1"));
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (!ids[i].as_int() || !times[i].as_int()) return refuse();
        state.see(*ids[i].as_int(), *times[i].as_int());
    }
    return state;
}

std::string FeedState::text() const {
    std::string recent = "[";
    for (const auto& row : recent_) {
        if (recent.size() > 1) recent += ',';
        recent += "[" + std::to_string(row.id) + "," + std::to_string(row.created) + "]";
    }
    std::string text;
    sdk::JsonObject(text).number("floor", floor_).raw("recent", recent + "]").end();
    return text;
}

bool FeedState::has_seen(std::int64_t id) const {
    return std::binary_search(
        recent_.begin(),
        recent_.end(),
        Row{id, 0},
        [](const Row& a, const Row& b) { return a.id < b.id; }
    );
}

void FeedState::see(std::int64_t id, std::int64_t created_unix_seconds) {
    const auto place = std::lower_bound(
        recent_.begin(),
        recent_.end(),
        id,
        [](const Row& row, std::int64_t wanted) { return row.id < wanted; }
    );
    if (place != recent_.end() && place->id == id) return;
    recent_.insert(place, {id, created_unix_seconds});
}

void FeedState::settle() {
    std::int64_t newest = 0;
    for (const auto& row : recent_) newest = std::max(newest, row.created);
    std::size_t old = 0;
    while (old + 1 < recent_.size() && (recent_[old].created < newest - k_overlap_seconds ||
                                        recent_.size() - old > k_most_rows)) {
        ++old;
    }
    if (old == 0) return;
    floor_ = recent_[old - 1].id;
    recent_.erase(recent_.begin(), recent_.begin() + static_cast<std::ptrdiff_t>(old));
}

}  // namespace request_tracker
