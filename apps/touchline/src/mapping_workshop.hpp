// A mapping's text on the bench: tried on records, and saved as it was typed.
#pragma once

#include "installation.hpp"

#include "touchline/api/workshop.hpp"
#include "touchline/ingest/stream_plan.hpp"

#include <filesystem>
#include <string>

namespace touchline::app {

/// As api::Workshop::try_mapping. `plan` and `stream` say who asks; the stream's own mapping is not
/// looked at.
api::MappingTrial try_mapping(
    const Installation& installation,
    const ingest::ConnectionPlan& plan,
    const ingest::StreamPlan& stream,
    const std::filesystem::path& file,
    const std::string& text,
    std::span<const api::TrialInput> records
);

/// Why the mapping cannot be saved here; empty when it can: what ships with a connector is the
/// connector's.
std::string why_not_saved(const Installation& installation, const std::filesystem::path& file);

/// The file as people know it: relative to the configuration where it lies beside it.
std::string shown_path(const Installation& installation, const std::filesystem::path& file);

std::string etag_of(std::string_view text);

/// As api::Workshop::save_mapping.
Result<api::MappingSaved> save_mapping(
    const Installation& installation,
    const std::filesystem::path& file,
    const std::string& text,
    const std::string& etag,
    bool dry_run
);

}  // namespace touchline::app
