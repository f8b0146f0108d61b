// The port through which the unified view goes out. The plugin host implements it for connectors.
#pragma once

#include "touchline/base/result.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::deliver {

/// One change, ready to send: a CloudEvents 1.0 structured JSON body (its `sequence` is the
/// position in the feed).
struct Event {
    std::string_view id;       ///< idempotency key: the same on every attempt
    std::string_view subject;  ///< customer id; order is kept per subject
    std::string_view type;     ///< "touchline.touchpoint.recorded"
    std::string_view body;
};

enum class Outcome {
    delivered,
    retry,     ///< try again by the schedule, or after `retry_after`
    rejected,  ///< the receiver will never take this event: dead letter
    gone,      ///< the receiver wants nothing any more (HTTP 410): disable the destination
};

struct ItemResult {
    Outcome outcome = Outcome::retry;
    std::string message;  ///< for people: "HTTP 503 from https://…"
    std::optional<std::chrono::milliseconds> retry_after;
};

/// One configured destination. One call at a time; the thread may differ between calls.
class Destination {
public:
    Destination() = default;
    Destination(const Destination&) = delete;
    Destination& operator=(const Destination&) = delete;
    virtual ~Destination() = default;
    virtual Result<std::string> check(std::stop_token stop) = 0;
    /// One result per event, in order. An Error means that nothing is known: all are tried again.
    virtual Result<std::vector<ItemResult>> write(
        std::span<const Event> events, std::stop_token stop
    ) = 0;
};

}  // namespace touchline::deliver
