// Who is probably the same though no identifier says so. What facts say of an identity is its
// profile; profiles that have a blocking key in common are compared by a model, and a pair becomes
// a link, a question for people, or nothing. All of it follows from the facts, the model and what
// people decided, whatever the order in which they came: commits only note whose profile is due.
#pragma once

#include "touchline/identity/model.hpp"
#include "touchline/ingest/ingestor.hpp"

#include <stop_token>

namespace touchline::ingest {

struct MatchingLimits {
    /// Bits from which a likeness joins. High: a name and a mailbox that look alike are shared by
    /// namesakes more often than models believe, and a wrong join costs more than a question.
    double join_from = 12;
    /// Bits from which people are asked: what a guard holds back, or more. Who is asked too much
    /// answers nothing.
    double review_from = -0.5;
};

struct MatchingReport {
    std::int64_t profiles = 0;  ///< compared
    std::int64_t links = 0;     ///< new likenesses that join
    std::int64_t withdrawn = 0;
    std::int64_t reviews = 0;  ///< new questions
};

/// The model that the store holds, else the shipped one.
Result<identity::Model> matching_model(store::Reader& reader);

/// Works off the profiles that are due, a transaction for some hundred of them; what is committed
/// stays when it is stopped. One at a time.
Result<MatchingReport> match_due(
    const Environment& environment, const MatchingLimits& limits = {}, std::stop_token stop = {}
);

/// Learns a model from the profiles that the store holds. Error: bad_data when there are too few.
Result<identity::Model> train_model(store::Reader& reader);

/// From now on this model compares; all profiles are due. Returns its version.
Result<std::string> use_model(const Environment& environment, const identity::Model& model);

}  // namespace touchline::ingest
