// What the build of the web app generates, and what stands in for it when the app is left out.
#pragma once

#include "touchline/web/assets.hpp"

namespace touchline::web {

/// Sorted by path; holds "/index.html".
std::span<const Asset> asset_table();

}  // namespace touchline::web
