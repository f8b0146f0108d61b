// The JSON body of a request that changes something.
#pragma once

#include "routes.hpp"

#include "touchline/json/view.hpp"

namespace touchline::api {

/// Error: bad_data, unless it says that it is JSON and is an object.
Result<json::Document> body_of(const Call& call);

/// The member's text; empty where there is none.
std::string text_of(json::View body, std::string_view name);

/// Under whose name a change is kept: who signed in is who they are; a program or a page without
/// sign-in says it in `author`.
std::string author_of(const Call& call, json::View body);

}  // namespace touchline::api
