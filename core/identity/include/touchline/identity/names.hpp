// Whether two names can belong to one person.
#pragma once

#include <string_view>

namespace touchline::identity {

/// Both as the name normaliser leaves them. Symmetric. Compatible are: the same words in any order;
/// fewer words, when the other name has them all; an initial or beginning for a given name beside
/// an equal word; one typing error in a word of five letters or more. A name without words is
/// compatible with every name.
bool names_compatible(std::string_view a, std::string_view b);

}  // namespace touchline::identity
