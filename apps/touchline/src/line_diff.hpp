// What changes between two texts, as people read it.
#pragma once

#include <string>
#include <string_view>

namespace touchline::app {

/// A unified diff with three lines around each change; empty when the texts are the same.
std::string unified_diff(std::string_view before, std::string_view after, std::string_view name);

}  // namespace touchline::app
