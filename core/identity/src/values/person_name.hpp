// A person's name taken apart: from its fields, from one field, or from both.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace touchline::identity {

/// Lower-case ASCII words. Titles are gone; `suffix` is "jr", "sr", "ii", "iii" or "iv".
struct PersonName {
    std::string given;
    std::string surname;              ///< its words in one: "vandermeer", "swinneyportillo"
    std::vector<std::string> others;  ///< middle names, parts of a surname of several words
    std::string suffix;

    bool empty() const { return given.empty() && surname.empty(); }
};

/// The fields of a name as a source may give them, each in Latin letters and lower case; any may be
/// empty.
struct NameTexts {
    std::string_view given, middle, surname, full, suffix;
};

/// Parts win over the full name, which fills what they leave open. "Silva, Ana" is read surname
/// first; a full name of one word is a surname.
PersonName read_person_name(const NameTexts& texts);

}  // namespace touchline::identity
