// How far a replay is, how fast it goes, and when it will be over.
#pragma once

#include "terminal.hpp"

#include "touchline/base/time.hpp"
#include "touchline/store/raw.hpp"

namespace touchline::app {

/// "40,112 records: 12,004 touchpoints changed, 31 new, 0 lost; 3 dead letters mended, 0 new"
std::string summary_of(const store::Replay& replay);

class ReplayProgress {
public:
    ReplayProgress(Terminal& terminal, const Clock& clock) : terminal_(terminal), clock_(clock) {}

    void show(const store::Replay& replay);

private:
    Terminal& terminal_;
    const Clock& clock_;
    std::chrono::steady_clock::time_point began_;
    std::int64_t first_ = -1;  // where this process began
};

}  // namespace touchline::app
