// Rows that no reader can make sense of, as every export has a few.
#pragma once

#include "export.hpp"
#include "random.hpp"

namespace touchline::sample {

/// Adds about three bad rows to every thousand.
void add_bad_rows(Export& out, Random& random);

}  // namespace touchline::sample
