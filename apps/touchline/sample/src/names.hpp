// Names of people, places and companies, by country.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace touchline::sample {

/// "Élodie", or "Олена|Olena" where the letters for an e-mail address cannot be derived.
using Name = std::string_view;

struct Country {
    std::string_view code;  ///< ISO 3166
    std::string_view language;
    std::string_view calling_code;
    std::span<const Name> given, family;
    std::span<const std::string_view> cities;
};

std::span<const Country> countries();
std::span<const std::string_view> company_names();
/// The name as it is written.
std::string written(Name name);
/// Small Latin letters only: "Núñez" becomes "nunez".
std::string in_ascii(Name name);

}  // namespace touchline::sample
