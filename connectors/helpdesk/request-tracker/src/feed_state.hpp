// How far the feed of transactions is read, and which rows of its last minute were read already.
//
// Ids rise, but not in the order in which they become visible: RT takes an id when a database
// transaction begins and shows the row when it commits. So a read starts again a minute, by the
// server's own clock, behind the newest row it knows, and skips what it has seen. The rows that are
// read twice also prove that it is still the same server.
#pragma once

#include "touchline/sdk/plugin.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace request_tracker {

class FeedState {
public:
    static constexpr std::uint32_t k_version = 1;

    /// An empty text is the beginning of all. Error config: not a state of this connector.
    static touchline::sdk::Result<FeedState> parse(
        touchline::sdk::Job& job, const std::string& text
    );
    std::string text() const;

    /// Reading goes on with the ids after this one.
    std::int64_t floor() const { return floor_; }
    bool has_seen(std::int64_t id) const;
    bool has_seen_any() const { return !recent_.empty(); }
    void see(std::int64_t id, std::int64_t created_unix_seconds);
    /// Forgets what is older than a minute before the newest row, but never the newest itself.
    void settle();

private:
    struct Row {
        std::int64_t id, created;
    };
    std::int64_t floor_ = 0;
    std::vector<Row> recent_;  ///< by id
};

}  // namespace request_tracker
