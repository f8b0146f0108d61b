// What the system's loader says about a library that it does not take, in words that help.
#pragma once

#include "touchline/base/result.hpp"

#include <string_view>

namespace touchline::host {

/// `words` is dlerror()'s text. Error config, with a cure where the cause is known: a library that
/// is missing, a system that is too old, a symbol that nobody defines.
Error explain_load_failure(std::string_view words);

}  // namespace touchline::host
