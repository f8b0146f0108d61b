// Holds a JSON text against a JSON Schema: just the words of the vocabulary that our schema uses.
// Written apart from the parser, so that the two can disagree.
#pragma once

#include "touchline/json/view.hpp"

#include <string>

namespace touchline::config {

/// Where and why the value is refused, or empty. A word of the schema that is not known here is a
/// refusal too.
std::string refusal(json::View schema, json::View value, const std::string& pointer = "");

}  // namespace touchline::config
