// Holds a tree against the table of keys: unknown keys, missing ones, values of the wrong kind.
#pragma once

#include "touchline/config/problem.hpp"
#include "touchline/json/node.hpp"

#include <vector>

namespace touchline::config {

/// Appends a problem for everything that the JSON Schema for editors would refuse too, and no
/// others.
void check(const json::Node& root, std::vector<Problem>& problems);

/// Whether an unquoted scalar is read as something else than a text.
bool is_text(const json::Node& node);
/// How many characters a caret under the node underlines.
int shown_length(const json::Node& node);

}  // namespace touchline::config
