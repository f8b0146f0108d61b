// Gathers what a replay on a copy changes, in bounded memory.
#pragma once

#include "touchline/ingest/change_plan.hpp"

#include <unordered_map>

namespace touchline::ingest {

/// What happened to the touchpoints of one identity.
struct IdentityEffect {
    std::int64_t added = 0, changed = 0, removed = 0;
    std::vector<ChangeExample> examples;

    /// What is lost surprises more than what is told otherwise.
    std::int64_t weight() const { return 4 * removed + 2 * changed + added; }
};

class ChangeEffects final : public ChangeObserver {
public:
    ChangeEffects(const ChangeRequest& request, ChangePlan& plan)
        : request_(request), plan_(plan) {}

    void touchpoint(const TouchpointChange& change) override;
    void failure(const RecordFailure& failure) override;

    const std::unordered_map<store::IdentityKey, IdentityEffect>& identities() const {
        return identities_;
    }

private:
    void compare(const TouchpointChange& change, StreamEffect& effect);

    const ChangeRequest& request_;
    ChangePlan& plan_;
    std::unordered_map<store::IdentityKey, IdentityEffect> identities_;
    std::map<std::string, std::size_t> causes_;  // of plan_.failures
    std::size_t examples_ = 0;
};

}  // namespace touchline::ingest
