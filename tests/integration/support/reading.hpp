// Reads one stream of a source from a point of the test's choice, checkpoint by checkpoint; or in
// processes that are killed.
#pragma once

#include "connector_bench.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchline::integration {

/// What one read has brought, and each checkpoint with the records before it.
struct Reading {
    Records records;
    Point last;
    std::vector<std::pair<Point, Records>> checkpoints;
};

/// From a point to the end; a default one is the beginning.
Result<Reading> read(ingest::Source& source, const std::string& stream, const Point& from = {});
/// A read that stays until `until` says so, asked at each page and checkpoint.
Result<Reading> stay(
    ingest::Source& source,
    const std::string& stream,
    const Point& from,
    const std::function<bool(const Reading&)>& until
);

/// Reads a stream in child processes that are killed (SIGKILL) at random moments, until one comes
/// to its end; each goes on from what the last one had stored, as a store would: records and
/// checkpoint in one step. The records at the end, and how many were killed.
struct KilledReading {
    Records records;
    int killed = 0;
};
Result<KilledReading> read_with_kills(
    const std::function<Result<std::unique_ptr<ConnectorBench>>()>& open,
    const std::string& stream,
    std::optional<Reading> from = {}
);

}  // namespace touchline::integration
