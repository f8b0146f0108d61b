// The feed and the state of its destinations.
#pragma once

#include "writer.hpp"

namespace touchline::store::sqlite {

Result<void> append_feed(Writer& writer, std::span<const FeedWrite> entries, Time at);
Result<void> set_destination(
    Writer& writer, std::string_view destination, const DestinationState& state
);
Result<void> park(Writer& writer, std::string_view destination, const Parked& parked);
Result<void> unpark(Writer& writer, std::string_view destination, FeedPosition position);

}  // namespace touchline::store::sqlite
