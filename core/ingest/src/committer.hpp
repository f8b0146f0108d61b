// Writes a batch and everything that follows from it in one transaction.
#pragma once

#include "batch.hpp"
#include "record_reader.hpp"

#include <unordered_set>

namespace touchline::ingest {

/// What one commit did.
struct Committed {
    std::int64_t unchanged = 0, touchpoints = 0;
    store::ReplayCounts replayed;  ///< of records that were stored already
};

class Committer {
public:
    Committer(const Environment& environment, const ConnectionPlan& plan, bool force);

    /// All of the batch or nothing of it.
    Result<Committed> commit(const Batch& batch);

private:
    /// To whoever looks on.
    void show(const Batch& batch, const std::unordered_set<const BatchRecord*>& unchanged) const;

    const Environment& environment_;
    const ConnectionPlan& plan_;
    const bool force_;
};

}  // namespace touchline::ingest
