// An entry of the feed as a CloudEvents 1.0 event in structured JSON,
// `application/cloudevents+json`.
#pragma once

#include "touchline/base/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace touchline::deliver {

/// `dataschema` of touchpoints, the $id of the published JSON Schema.
inline constexpr std::string_view k_touchpoint_dataschema =
    "https://touchline.example/schema/touchpoint/1-0";

struct CloudEvent {
    std::string_view id;
    std::string_view source;      ///< URI reference: see connection_source()
    std::string_view type;        ///< "touchline.touchpoint.recorded"
    std::string_view subject;     ///< customer id, also the partition key
    Time time{};                  ///< when it happened
    Time recorded{};              ///< when it came to be known
    std::int64_t sequence = 0;    ///< position in the feed
    std::string_view dataschema;  ///< may be empty
    std::string_view data;        ///< JSON; may be empty
};

/// The `sequence` extension is text that sorts as the positions do, hence its leading zeros.
std::string to_json(const CloudEvent& event);

/// "/connections/crm-eu", percent-encoded where needed (RFC 3986, section 2.1).
std::string connection_source(std::string_view connection);

}  // namespace touchline::deliver
