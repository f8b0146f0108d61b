// Where an output differs from what a test expects.
#pragma once

#include "touchline/json/view.hpp"
#include "touchline/mapping/cases.hpp"

#include <string>
#include <vector>

namespace touchline::mapping {

/// Appends the differences below `pointer`. Unless `exact`, objects may have more members than
/// expected.
void compare(
    std::string pointer,
    json::View expected,
    json::View got,
    bool exact,
    std::vector<Difference>& out
);

}  // namespace touchline::mapping
