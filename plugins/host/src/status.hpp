// Between the ABI's numbers and core's codes; and what a final HTTP status means to a connector.
#pragma once

#include "touchline/base/error.hpp"
#include "touchline/plugin/base.h"

namespace touchline::host {

tl_status to_status(Code code);
/// Unknown numbers are internal.
Code to_code(tl_status status);

}  // namespace touchline::host
