// The schema of the file and the way from each earlier version to the newest.
#pragma once

#include "connection.hpp"

namespace touchline::store::sqlite {

/// Brings the file to the newest version, each step in a transaction of its own. Errors: config
/// (not a Touchline file, or one of a newer version).
Result<void> migrate(Connection& db);

}  // namespace touchline::store::sqlite
