// A copy of a store in a file of its own, which goes when the store is closed.
#pragma once

#include "touchline/store/sqlite.hpp"

namespace touchline::store::sqlite {

Result<std::unique_ptr<Store>> make_shadow(const SqliteOptions& original);

}  // namespace touchline::store::sqlite
