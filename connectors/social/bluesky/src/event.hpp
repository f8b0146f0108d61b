// What the firehose says (com.atproto.sync.subscribeRepos), frame by frame.
#pragma once

#include "cbor.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bluesky {

inline constexpr std::string_view k_post = "app.bsky.feed.post";
inline constexpr std::string_view k_profile = "app.bsky.actor.profile";

struct Operation {
    std::string collection, rkey;
    bool deleted = false;
    std::string cid;            ///< as text
    std::optional<Cbor> value;  ///< the record; nothing: it was not sent along
};

struct Event {
    enum class Kind { commit, account, identity, sync, info, error, other };
    Kind kind = Kind::other;
    std::int64_t seq = 0;
    std::string did, rev, time;
    bool incomplete = false;  ///< of a commit: too big to be sent along
    bool active = true;       ///< of an account
    std::string status;       ///< of an account that is not: "deactivated"
    std::vector<Operation> operations;
    std::string name;  ///< of an info or an error: "OutdatedCursor", "FutureCursor"
};

/// Nothing: it is no frame of the firehose.
std::optional<Event> read_event(std::string_view frame);

/// When a TID was made, by the clock of who made it, in milliseconds since 1970; 0: it is none.
std::int64_t tid_time_ms(std::string_view tid);

}  // namespace bluesky
