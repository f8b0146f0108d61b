// What is kept of a crash, for the connector's author and for the next start: one JSON file per
// connection, readable by its owner only. It holds the request and the checkpoint, no records.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/time.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace touchline::host {

struct CrashReport {
    std::string connection, connector, version;
    std::string file_digest;  ///< of the connector's file, "sha256:…"
    std::string place;        ///< as CrashHistory has it
    std::string operation;    ///< "read tickets"
    std::string state;        ///< the checkpoint that the read began at
    std::string how;          ///< "it was killed by signal 11 (Segmentation fault)"
    std::string last_asked;   ///< of the host, before it crashed
    std::string printed;      ///< the last of its output
    int crashes = 0;          ///< at this place, in a row
    Time at{};
};

/// A folder of them. An empty path keeps none.
class CrashReports {
public:
    explicit CrashReports(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Where the report of a connection lies; empty when none are kept.
    std::filesystem::path path(const std::string& connection) const;
    /// What cannot be written is logged: the crash itself matters more.
    void write(const CrashReport& report) const;
    /// What the next start needs of it: file_digest, place and crashes.
    std::optional<CrashReport> read(const std::string& connection) const;
    bool has(const std::string& connection) const;

private:
    std::filesystem::path folder_;
};

}  // namespace touchline::host
