// What agents say about who is who: merging and splitting customers. A decision is a set of links,
// so that it is explained, kept through replays, and undone by taking the links back. Nothing else
// is rewritten.
#pragma once

#include "touchline/ingest/ingestor.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::ingest {

/// How a customer looks before or after a decision.
struct CustomerShape {
    std::string id;
    std::vector<std::string> identities;  ///< "email:ana@example.org"
    std::int64_t touchpoints = 0;
};

struct Decision {
    std::vector<CustomerShape> before, after;
    /// Takes the decision back (see undo); empty after a dry run.
    std::string undo_token;
    /// Why the customers would not come together or apart as asked; empty when they do.
    std::vector<std::string> conflicts;
};

struct DecisionOptions {
    std::string author;  ///< who decides, for the record
    std::string reason;
    bool dry_run = false;  ///< works it all out and changes nothing
};

/// Says that two customers are one. Errors: not_found, conflict (they are one already).
Result<Decision> merge_customers(
    const Environment& environment,
    std::string_view a,
    std::string_view b,
    const DecisionOptions& options
);

/// Says that these identities ("email:ana@example.org") of a customer are somebody else. Errors:
/// not_found, bad_data (an identity that is not of the customer, all of them, none of them).
Result<Decision> split_customer(
    const Environment& environment,
    std::string_view customer,
    std::span<const std::string> identities,
    const DecisionOptions& options
);

enum class Verdict {
    same,
    not_same,
    later,  ///< nothing is decided
};

/// Answers a question of the review queue. What is decided stands as a person's word, with author,
/// reason and time, until it is taken back; an earlier answer to the same question is replaced.
/// Errors: not_found.
Result<Decision> decide_review(
    const Environment& environment,
    store::ReviewKey review,
    Verdict verdict,
    const DecisionOptions& options
);

/// Takes a merge or a split back. Errors: bad_data (not a token), not_found.
Result<void> undo_decision(
    const Environment& environment, std::string_view undo_token, const DecisionOptions& options
);

}  // namespace touchline::ingest
