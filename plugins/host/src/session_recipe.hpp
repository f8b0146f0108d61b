// The manifest's member "session": how the system that a connector reads gives sessions out.
#pragma once

#include "touchline/json/view.hpp"
#include "touchline/net/session.hpp"

namespace touchline::host {

/// {"login": {"path", "json"}, "send": {"header", "scheme", "value", "encode"},
///  "ended": [{"status", "at", "is"}]}. Error bad_data: what is wrong with it.
Result<net::SessionRecipe> read_session_recipe(json::View session);

}  // namespace touchline::host
