// The customer that somebody means on the command line.
#pragma once

#include "installation.hpp"

#include "touchline/view/lookup.hpp"

namespace touchline::app {

Result<view::Lookup> look_up(
    Installation& installation, store::Reader& reader, const std::string& text
);

/// An id as it is; anything else has to lead to one customer. Errors: not_found, conflict.
Result<std::string> customer_named(
    Installation& installation, store::Reader& reader, const std::string& text
);

}  // namespace touchline::app
