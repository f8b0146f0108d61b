// Cutting a page into its records without losing a byte of them.
#pragma once

#include "touchline/base/result.hpp"

#include <string_view>
#include <vector>

namespace touchline::json {

/// The exact bytes of each record of a JSON text: the elements of the array at `pointer`, or the single value there when
/// it is no array. The views point into `text`. Error: bad_data (not JSON, nothing at the pointer).
Result<std::vector<std::string_view>> split_records(std::string_view text, std::string_view pointer);

/// The non-empty lines of a text, without their line ends.
std::vector<std::string_view> split_lines(std::string_view text);

}  // namespace touchline::json
