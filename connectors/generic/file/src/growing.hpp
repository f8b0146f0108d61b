// Mode growing: files to which rows are appended, and which are rotated or truncated from time to
// time.
#pragma once

#include "options.hpp"

#include "touchline/sdk/plugin.hpp"

namespace file_connector {

touchline::sdk::Result<touchline::sdk::ReadEnd> read_growing(
    touchline::sdk::Job& job, const Options& options, const touchline::sdk::ReadArgs& args
);

}  // namespace file_connector
