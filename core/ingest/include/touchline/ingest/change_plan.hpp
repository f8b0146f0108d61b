// What changed mappings and rules would do to the stored records: a replay, and the rules, on a
// copy of the store, compared with the store as it is. The numbers are those of the replay itself.
#pragma once

#include "touchline/ingest/regrouping.hpp"
#include "touchline/ingest/replay.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace touchline::ingest {

struct ChangeRequest {
    store::RawSelection selection;
    std::string where;       ///< as ReplayRequest has it
    bool with_rules = true;  ///< also work out anew who is who
    std::size_t most_customers = 50;
    /// The phase that a touchpoint falls into by itself; null: phases are not compared.
    std::function<std::string(const model::Touchpoint&)> phase_of;
};

/// A touchpoint before and after, as touchpoint/1-0; one of them may be empty.
struct ChangeExample {
    std::string before, after;
    store::IdentityKey identity = store::IdentityKey::none;
};

/// How a field of touchpoints changes.
struct FieldEffect {
    std::int64_t touchpoints = 0;
    /// From one value to another, where the field has few values: {"use → maintain", 11870}.
    std::map<std::pair<std::string, std::string>, std::int64_t> transitions;
};

struct StreamEffect {
    std::int64_t added = 0, changed = 0, removed = 0;
    std::map<std::string, FieldEffect> fields;  ///< of what changed
    std::vector<ChangeExample> examples;        ///< the first few
};

/// Records that cannot be processed, by what is wrong.
struct FailureEffect {
    std::string connection, stream, stage, message, place, cure;
    std::string example;  ///< the external id of one of them
    std::int64_t records = 0;
};

struct CustomerSide {
    std::string id;
    std::vector<std::string> identities;  ///< "email:ana@example.org", the first few
    std::int64_t touchpoints = 0;
};

struct CustomerEffect {
    std::vector<CustomerSide> before, after;  ///< several before and one after: merged
    std::int64_t added = 0, changed = 0, removed = 0;
    std::vector<ChangeExample> examples;
};

struct ChangePlan {
    store::Replay replay;  ///< as it ended on the copy
    std::int64_t merges = 0, splits = 0;
    std::map<std::pair<std::string, std::string>, StreamEffect> streams;  ///< by connection, stream
    std::vector<FailureEffect> failures;                                  ///< most records first
    std::vector<CustomerEffect> customers;                                ///< most surprising first

    bool is_empty() const;
};

/// Needs room for a copy of the store. Error: cancelled, when it was stopped.
Result<ChangePlan> plan_change(
    const Environment& environment,
    Plans plans,
    const ChangeRequest& request,
    const ReplayOptions& options = {}
);

}  // namespace touchline::ingest
