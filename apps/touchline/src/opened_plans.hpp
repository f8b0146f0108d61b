// All connections of an installation, opened for what they read their records with.
#pragma once

#include "loading.hpp"

#include <optional>
#include <vector>

namespace touchline::app {

struct OpenedPlans {
    std::unique_ptr<Connector> connector;  ///< outlives what it opened
    std::vector<std::unique_ptr<OpenConnection>> connections;
    std::vector<const ingest::ConnectionPlan*> plans;
};

/// Nothing when there are problems; they have been shown then.
std::optional<OpenedPlans> open_plans(Terminal& terminal, const Opened& opened);

}  // namespace touchline::app
