// Links that some touchpoint stated once: whether another one still does.
#pragma once

#include "touchline/ingest/ingestor.hpp"

#include <stop_token>

namespace touchline::ingest {

/// Works off the links in doubt: those that no live touchpoint states are retracted, and who is who
/// is worked out anew. A transaction for some hundred of them; what is committed stays when it is
/// stopped.
Result<void> settle_doubts(const Environment& environment, std::stop_token stop = {});

}  // namespace touchline::ingest
