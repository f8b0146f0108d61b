// Reads a connector's cassettes once, to look at what comes out.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/check/cassette.hpp"
#include "touchline/ingest/source.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace touchline::check {

/// What one stream gave on one cassette, read to its end or called by webhook; of an enricher, what
/// it knows of the cassette's customers.
struct Rehearsal {
    std::string cassette;
    ingest::StreamInfo stream;
    std::string settings;              ///< the cassette's, with the defaults
    std::vector<std::string> records;  ///< each record's bytes
    std::size_t bad_records = 0, checkpoints = 0, requests = 0;
    std::optional<Error> error;
};

/// In this process, as the host would. Error config: a destination.
Result<std::vector<Rehearsal>> rehearse(
    const std::filesystem::path& plugin, const std::vector<Cassette>& cassettes
);

}  // namespace touchline::check
