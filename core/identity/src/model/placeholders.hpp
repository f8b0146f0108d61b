// Dates of birth that systems fill in where they know none.
#pragma once

#include "touchline/identity/features.hpp"

namespace touchline::identity {

/// Takes a placeholder out; of a first of January the year stays.
void drop_placeholder(const Placeholders& placeholders, BirthFeature& birth);

}  // namespace touchline::identity
