// What a run would bring, without storing any of it.
#pragma once

#include "connections.hpp"

#include "touchline/base/time.hpp"

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace touchline::app {

struct DryStream {
    std::string stream;
    std::size_t records = 0, facts = 0, links = 0;
    std::map<std::string, std::size_t> kinds;  ///< touchpoints by kind
    std::vector<std::string> problems;         ///< the first few records that could not be mapped
    std::string example;                       ///< the first touchpoint, as JSON; may be empty
    bool more = false;                         ///< there was more than the limit
    std::optional<Error> failure;
};

/// Reads each stream from its stored checkpoint, at most about `limit` records of it.
Result<std::vector<DryStream>> dry_run(
    OpenConnection& connection,
    store::Reader& reader,
    const Clock& clock,
    const std::string& tenant,
    std::size_t limit,
    std::stop_token stop
);

}  // namespace touchline::app
