// The answers an agent needs at first sight.
#pragma once

#include "touchline/json/writer.hpp"
#include "touchline/store/store.hpp"
#include "touchline/view/connections.hpp"
#include "touchline/view/timeline.hpp"

#include <optional>
#include <string>
#include <vector>

namespace touchline::view {

struct OpenCase {
    std::string ref, title, department;
    Time since{};
};

struct Summary {
    std::string id, name;
    std::int64_t touchpoints = 0;
    std::optional<Time> first_touch, last_touch;
    std::optional<TimelineItem> last_contact;
    std::vector<store::DepartmentCount> departments;  ///< most touchpoints first
    std::vector<OpenCase> open_cases;                 ///< oldest first
    std::optional<model::Experience> mood;            ///< the latest the customer stated
    std::optional<Time> mood_at;
    model::Owner owner;  ///< of the latest contact that has one
    std::vector<ConnectionHealth> sources;
};

/// Error: not_found.
Result<Summary> summary(
    store::Reader& reader, const Catalogue& catalogue, std::string_view customer, Time now
);

void write(json::Writer& writer, const Summary& summary, const Catalogue& catalogue);

}  // namespace touchline::view
