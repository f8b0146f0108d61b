// What the view needs to know of the installation to speak of it in people's words.
#pragma once

#include "touchline/base/time.hpp"
#include "touchline/journey/vocabulary.hpp"
#include "touchline/model/survivorship.hpp"

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::view {

struct ConnectionInfo {
    std::string id, plugin, department;
    bool enabled = true;
    /// The longest time between two runs of a stream; 0 when nothing is scheduled (webhooks only).
    std::chrono::milliseconds schedule{0};
    bool isolated = false;                ///< its connector lives in a process of its own
    std::vector<std::string> walls = {};  ///< that stand around that process, by name
};

struct DestinationInfo {
    std::string id, plugin;
    bool enabled = true;
};

/// Immutable; any thread.
struct Catalogue {
    std::map<std::string, std::string> departments;  ///< id to name
    std::vector<ConnectionInfo> connections;
    std::vector<DestinationInfo> destinations;
    std::string default_region;
    model::Survivorship survivorship;
    std::size_t questions_per_customer = 3;  ///< that people are asked at a time
    journey::Vocabulary phases = journey::Vocabulary::standard();

    /// The name, or the id itself where there is none.
    const std::string& department_name(const std::string& id) const;
    const ConnectionInfo* connection(std::string_view id) const;
};

}  // namespace touchline::view
