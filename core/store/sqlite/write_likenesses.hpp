// Profiles, the model that compares them, and reviews.
#pragma once

#include "writer.hpp"

#include "touchline/store/store.hpp"

namespace touchline::store::sqlite {

Result<void> make_all_profiles_due(Writer& writer);
Result<void> put_profile(Writer& writer, const Profile& profile);
Result<void> put_matching_model(Writer& writer, const MatchingModel& model);
Result<void> put_matching_limits(Writer& writer, const MatchingLimits& limits);
Result<void> put_review(Writer& writer, const Review& review);
Result<void> drop_review(Writer& writer, ReviewKey key);

}  // namespace touchline::store::sqlite
