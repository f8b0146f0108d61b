// The kinds that a timeline filter asks for, as keys of words.
#pragma once

#include "connection.hpp"

namespace touchline::store::sqlite {

/// A JSON array of the keys of all known kinds that match an entry of the list; "[]" when none
/// does.
Result<std::string> kinds_matching(Connection& db, std::string_view list);

}  // namespace touchline::store::sqlite
