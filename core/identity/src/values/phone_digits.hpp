// A phone number as evidence: the digits that are dialled inside its country, so that numbers
// compare whether or not a source writes the country, and without knowing which country that is.
#pragma once

#include <string>
#include <string_view>

namespace touchline::identity {

/// The national significant number; empty for what is too short to be one and for placeholders
/// (0000000, 1234567890, the fictional 555-01xx). Extensions are cut off.
std::string read_phone_digits(std::string_view text);

}  // namespace touchline::identity
