// A fault of a record as a dead letter.
#pragma once

#include "batch.hpp"

namespace touchline::ingest {

/// Keeps at most the first MiB of the bytes.
BatchDeadLetter dead_letter(
    std::string_view stream,
    std::string_view external_id,
    std::string_view stage,
    const Error& error,
    std::string_view raw
);

}  // namespace touchline::ingest
