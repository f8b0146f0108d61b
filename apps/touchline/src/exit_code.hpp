// What the program's exit codes mean; part of its contract, listed in the manual page.
#pragma once

#include "touchline/base/error.hpp"

namespace touchline::app {

enum ExitCode : int {
    k_ok = 0,
    k_bad = 1,        ///< the thing that was checked is bad
    k_usage = 2,      ///< wrong usage
    k_config = 3,     ///< the configuration cannot be loaded, or the daemon did not start
    k_denied = 4,     ///< not allowed
    k_no_daemon = 5,  ///< the daemon cannot be reached
    k_source = 6,     ///< a source failed; trying again may help
    k_partly = 7,     ///< partly done; what is left stands on standard output
    k_refused = 8,    ///< refused: a confirmation is needed, or the state forbids it
    k_changes = 10,   ///< a plan that would change something
    k_interrupted = 130
};

/// The code for an error that ends a command.
ExitCode exit_code_for(const Error& error);

}  // namespace touchline::app
