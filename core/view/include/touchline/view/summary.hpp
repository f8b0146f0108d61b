// The answers an agent needs at first sight.
#pragma once

#include "touchline/json/writer.hpp"
#include "touchline/store/store.hpp"
#include "touchline/view/connections.hpp"
#include "touchline/view/timeline.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace touchline::view {

/// A case, a task or an invoice that somebody has still to finish.
struct OpenThing {
    std::string rel;  ///< case, task, invoice
    std::string ref, title, url, connection;
    std::string status;  ///< as the source has it: open, waiting, failed
    std::string department, department_name, employee;
    Time since{};
    std::optional<Time> waiting_since;  ///< the customer wrote last, and nobody has answered
    bool late = false;                  ///< and that for longer than a day, or past its due date
    std::string privacy_class;          ///< of its newest touchpoint
    bool hidden = false;                ///< the reader may not see what it is
};

struct Mood {
    double value = 0;  ///< -1 to 1
    bool stated = false;
    model::Experience measured;  ///< with its own scale
    Time at{};
    std::optional<double> before;  ///< the one before it by the same kind of author
    std::optional<Time> before_at;
};

struct Summary {
    std::string id, name;
    std::map<std::string, std::string> about;  ///< a few fields for the head: company, role, …
    std::int64_t touchpoints = 0;
    std::optional<Time> first_touch, last_touch;
    std::optional<TimelineItem> last_contact;
    std::vector<store::DepartmentCount> departments;  ///< most touchpoints first
    std::vector<OpenThing> open;                      ///< late ones first, then oldest first
    std::optional<Mood> mood;  ///< the latest that the customer stated, else the latest estimate
    model::Owner owner;        ///< of the longest open case, else of the latest contact with one
    std::string owner_of;      ///< the case, or empty
    std::vector<ConnectionHealth> sources;
};

/// Mood and fields of what `reading` hides are not looked at; mask() hides the rest. Error:
/// not_found.
Result<Summary> summary(
    store::Reader& reader,
    const Catalogue& catalogue,
    std::string_view customer,
    Time now,
    const Reading& reading = {}
);

void write(json::Writer& writer, const Summary& summary, const Catalogue& catalogue);

}  // namespace touchline::view
