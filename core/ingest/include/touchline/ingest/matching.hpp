// Who is probably the same though no identifier says so. What facts say of an identity is its
// profile; profiles that have a blocking key in common are compared by a model, and a pair becomes
// a link, a question for people, or nothing. All of it follows from the facts, the model and what
// people decided, whatever the order in which they came: commits only note whose profile is due.
#pragma once

#include "touchline/identity/model.hpp"
#include "touchline/ingest/ingestor.hpp"

#include <stop_token>

namespace touchline::ingest {

struct MatchingReport {
    std::int64_t profiles = 0;  ///< compared
    std::int64_t links = 0;     ///< new likenesses that join
    std::int64_t withdrawn = 0;
    std::int64_t reviews = 0;  ///< new questions
};

/// The model that the store holds, else the shipped one.
Result<identity::Model> matching_model(store::Reader& reader);

/// Works off the profiles that are due, a transaction for some hundred of them; what is committed
/// stays when it is stopped. Several at once share the work.
Result<MatchingReport> match_due(const Environment& environment, std::stop_token stop = {});

/// What joins and what is asked now: the store's own limits, and the configured ones until it has
/// some. Changed ones come into force by apply_rules().
Result<MatchingLimits> limits_in_force(store::Reader& reader, const MatchingLimits& configured);

/// Learns a model from the profiles that the store holds. Error: bad_data when there are too few.
Result<identity::Model> train_model(store::Reader& reader);

/// From now on this model compares; all profiles are due. Returns its version.
Result<std::string> use_model(const Environment& environment, const identity::Model& model);

}  // namespace touchline::ingest
