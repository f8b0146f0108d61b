// Mode dropped: each file is read once, by its content, in the order in which they were changed.
#pragma once

#include "options.hpp"

#include "touchline/sdk/plugin.hpp"

namespace file_connector {

touchline::sdk::Result<touchline::sdk::ReadEnd> read_dropped(
    touchline::sdk::Job& job, const Options& options, const touchline::sdk::ReadArgs& args
);

}  // namespace file_connector
