// Decimal numbers as text: what people type and what systems export, without a detour through
// binary fractions.
#pragma once

#include "touchline/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace touchline::mapping {

/// "1.234,56", "1,234.56", "1 234,56", "€ 12,50", "-3", "(12.00)" → "1234.56", ... Error: bad_data
/// if the text is no amount, or could be two: "1.234" is a thousand to some and little more than
/// one to others.
Result<std::string> read_decimal(std::string_view text);

/// A number as JSON writes it, without exponent: "-12.5", "1e2" → "100". Error: bad_data beyond 15
/// whole digits.
Result<std::string> plain_decimal(std::string_view json_number);

/// Moves the mark `digits` places to the left: ("1999", 2) → "19.99".
std::string shift_decimal(std::string_view decimal, std::size_t digits);

}  // namespace touchline::mapping
