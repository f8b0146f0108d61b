// How far each receiver of the feed has come.
#pragma once

#include "touchline/json/writer.hpp"
#include "touchline/store/store.hpp"
#include "touchline/view/catalogue.hpp"

#include <optional>
#include <string>
#include <vector>

namespace touchline::view {

struct DestinationHealth {
    std::string destination, plugin;
    std::string state;         ///< current, behind, failing, disabled, paused
    std::string reason;        ///< why it disabled itself, or what the latest attempt said
    std::int64_t waiting = 0;  ///< events of the feed that it has not seen
    std::int64_t parked = 0;   ///< of those it has seen: wait for another attempt
    std::int64_t dead_letters = 0;
    std::optional<Time> next_attempt;
    /// When the oldest event that has not gone out was recorded: how far behind it is.
    std::optional<Time> behind_since;
};

/// In the order of the catalogue.
Result<std::vector<DestinationHealth>> destinations(
    store::Reader& reader, const Catalogue& catalogue
);

void write(json::Writer& writer, const std::vector<DestinationHealth>& destinations);

}  // namespace touchline::view
