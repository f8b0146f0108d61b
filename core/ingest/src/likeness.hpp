// What two profiles have in common, for people.
#pragma once

#include "touchline/identity/model.hpp"

#include <string>

namespace touchline::ingest {

/// "surname is equal, date of birth differs by one typing error": what speaks for it, and what
/// against it.
std::string likeness_text(
    const identity::Model& model, const identity::Compared& compared, const identity::Score& score
);

}  // namespace touchline::ingest
