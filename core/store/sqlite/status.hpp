// What SQLite's result codes mean to the people who run Touchline.
#pragma once

#include "touchline/base/error.hpp"

#include <sqlite3.h>

#include <string_view>

namespace touchline::store::sqlite {

/// `db` may be null when there is no connection yet.
Error to_error(sqlite3* db, int status);

}  // namespace touchline::store::sqlite
