// Rows of a database that the host has asked for.
#pragma once

#include "touchline/sdk/body.hpp"

#include <cstdint>

namespace touchline::sdk {

/// A page of rows: one JSON object per line.
struct RowPage {
    Body lines;
    std::uint64_t rows = 0;
    bool more = false;  ///< the query has more rows than these
};

}  // namespace touchline::sdk
