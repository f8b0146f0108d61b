// How fresh each source is: whether anything is missing on people's screens.
#pragma once

#include "touchline/json/writer.hpp"
#include "touchline/store/store.hpp"
#include "touchline/view/catalogue.hpp"

#include <optional>
#include <string>
#include <vector>

namespace touchline::view {

struct ConnectionHealth {
    std::string connection, plugin, department;
    std::string state;  ///< current, behind, failing, paused
    std::optional<Time> last_success, newest_record;
    std::optional<std::chrono::seconds> lag;  ///< since the last success
    std::int64_t records = 0, dead_letters = 0;
    std::string error;               ///< of the last run, for people
    std::optional<Time> live_since;  ///< of a stream that is read as it comes
    bool isolated = false;           ///< as ConnectionInfo has it
    std::vector<std::string> walls;
};

/// In the order of the catalogue.
Result<std::vector<ConnectionHealth>> connections(
    store::Reader& reader, const Catalogue& catalogue, Time now
);

void write(json::Writer& writer, const ConnectionHealth& health);

}  // namespace touchline::view
