// What fields are called, in the systems of the world.
#pragma once

#include "touchline/identity/fields.hpp"

#include <optional>
#include <string_view>

namespace touchline::identity {

/// Empty when the name tells nothing. Case, separators and numbers at the end do not matter.
std::optional<Role> role_by_name(std::string_view field);

}  // namespace touchline::identity
