// The filters that everything about a timeline takes.
#pragma once

#include "routes.hpp"

#include "touchline/view/timeline.hpp"

namespace touchline::api {

/// For what the caller may read. Error: bad_data, naming the parameter.
Result<view::TimelineQuery> timeline_query(const Call& call);

}  // namespace touchline::api
