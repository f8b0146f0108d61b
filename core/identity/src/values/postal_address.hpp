// A postal address taken apart and put into one spelling.
#pragma once

#include <string>
#include <string_view>

namespace touchline::identity {

/// Lower-case ASCII; what is unknown is empty.
struct PostalAddress {
    std::string number, street, unit, city, state, postcode;

    bool empty() const {
        return street.empty() && city.empty() && postcode.empty() && number.empty();
    }
};

/// As a source may give them, in Latin letters and lower case. `line` is a whole address, or number
/// and street in one.
struct AddressTexts {
    std::string_view number, street, unit, extra, city, state, postcode, line;
};

/// Kinds of street in one short spelling ("avenue" is "ave"), directions too; a number before or
/// after the street is found; a city without letters and a postcode without digits are dropped.
PostalAddress read_postal_address(const AddressTexts& texts);

}  // namespace touchline::identity
