// A date of birth as people and systems write it, whole or in part.
#pragma once

#include <string>
#include <string_view>

namespace touchline::identity {

/// A part that is not known is 0. Parts need not be possible: a typing error is evidence too.
struct BirthDate {
    int year = 0, month = 0, day = 0;

    bool empty() const { return year == 0 && month == 0 && day == 0; }
    bool whole() const { return year != 0 && month != 0 && day != 0; }
    /// "19611018"; empty unless whole.
    std::string digits() const;
    bool operator==(const BirthDate&) const = default;
};

/// ISO 8601, compact, day or month first with any separator (read day first when both fit, which
/// the comparison forgives), month names in English, a bare year. Empty for placeholders:
/// 0000-00-00, 1900-01-01, 1970-01-01, 9999-12-31 and their like.
BirthDate read_birth_date(std::string_view text);
BirthDate birth_date_of_parts(std::string_view year, std::string_view month, std::string_view day);

}  // namespace touchline::identity
