// Mappings and records as the tests write them.
#pragma once

#include "touchline/json/view.hpp"
#include "touchline/mapping/mapping.hpp"
#include "touchline/mapping/runner.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace touchline::mapping::testing {

/// The mapping of a YAML text, which must compile.
Mapping mapping_of(std::string_view yaml);

/// Each problem as "line:column message" or, with a cure, "line:column message (cure)".
std::vector<std::string> problems_of(std::string_view yaml);

struct Mapped {
    Output output;
    std::string error;  ///< text, or empty
    Place place;        ///< of the error
};

/// Runs `yaml` on `record` for the tenant "acme", source zendesk-eu/tickets/7 of the department
/// support.
Mapped map(std::string_view yaml, std::string_view record, std::string_view settings = "{}");

/// A touchpoint mapping around one line of `set`, with everything else that is required.
std::string touchpoint_with(std::string_view line);

}  // namespace touchline::mapping::testing
