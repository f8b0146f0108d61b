// What the store keeps of a run, for people: one line, in the place of the one before.
#pragma once

#include "touchline/ingest/connection_run.hpp"

#include <chrono>

namespace touchline::ingest {

class RunRecord {
public:
    RunRecord(const Environment& environment, const ConnectionPlan& plan, Time started);

    /// People have not heard of the run for a while.
    bool is_due() const;
    /// How far it is, or how it ended: whoever has streams left is still running.
    Result<void> put(const RunReport& report);

private:
    const Environment& environment_;
    const ConnectionPlan& plan_;
    const Time started_;
    std::chrono::steady_clock::time_point due_;
};

}  // namespace touchline::ingest
