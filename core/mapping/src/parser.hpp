// From text to Program.
#pragma once

#include "program.hpp"

#include "touchline/base/result.hpp"

#include <memory>

namespace touchline::mapping {

/// Error: bad_data with the column, ending in "(syntax)", "(invalid-arity)" or
/// "(unknown-function)".
Result<std::shared_ptr<const Program>> parse_expression(std::string_view text);

}  // namespace touchline::mapping
