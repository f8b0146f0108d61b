// Phone numbers in E.164, by libphonenumber's metadata.
#pragma once

#include "value.hpp"

#include <string_view>

namespace touchline::identity {

/// `region` may be empty: then the number has to carry its country code. Search terms are every
/// ending of six digits and more, so that a look-up by the last digits is an exact look-up.
Value normalise_phone(std::string_view text, std::string_view region);

}  // namespace touchline::identity
