// What is remembered of growing files: how far each was read, and marks of its content by which a
// file is known again after it was renamed, and known to be another after it was replaced.
#pragma once

#include "fingerprint.hpp"
#include "row_reader.hpp"

#include "touchline/sdk/plugin.hpp"

#include <map>
#include <string>

namespace file_connector {

struct GrowingFile {
    Position position;
    Fingerprint head = 0;  ///< of the first bytes
    Fingerprint tail = 0;  ///< of the last bytes before the position
};

struct GrowingState {
    std::map<std::string, GrowingFile> files;

    static touchline::sdk::Result<GrowingState> parse(
        touchline::sdk::Job& job, const std::string& text
    );
    std::string text() const;
};

/// Marks of the file up to `position`.
touchline::sdk::Result<GrowingFile> mark(
    touchline::sdk::Job& job, const std::string& name, Position position
);
/// Whether the file `name` of `bytes` bytes begins with what `seen` has seen.
touchline::sdk::Result<bool> continues(
    touchline::sdk::Job& job, const std::string& name, std::uint64_t bytes, const GrowingFile& seen
);

}  // namespace file_connector
