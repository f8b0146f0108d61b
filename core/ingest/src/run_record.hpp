// What the store keeps of a run, for people.
#pragma once

#include "touchline/ingest/connection_run.hpp"

namespace touchline::ingest {

/// In the place of what was written down when the same run's last turn ended.
Result<void> record_run(
    const Environment& environment,
    const ConnectionPlan& plan,
    Time started,
    const RunReport& report
);

}  // namespace touchline::ingest
