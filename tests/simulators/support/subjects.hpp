// The connectors that have a simulator, each with a connection to it.
#pragma once

#include "bench.hpp"

namespace touchline::simulated {

Subject subject(const std::string& plugin);
std::vector<std::string> subjects();

}  // namespace touchline::simulated
