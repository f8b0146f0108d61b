// Replays as JSON, the same on the command line and in the API.
#pragma once

#include "touchline/json/writer.hpp"
#include "touchline/store/raw.hpp"

namespace touchline::ingest {

void write(json::Writer& writer, const store::Replay& replay);
/// As members of the object that stands open.
void write_members(json::Writer& writer, const store::ReplayCounts& counts);
std::string_view to_string(store::ReplayState state);

}  // namespace touchline::ingest
