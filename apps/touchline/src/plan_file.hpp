// Plans as files beside the store, each with the ground that it stands on.
#pragma once

#include "touchline/ingest/replay.hpp"

#include <filesystem>
#include <string>

namespace touchline::app {

/// What must not have moved between a plan and its application.
struct Ground {
    std::string configuration;  ///< a digest of the configuration and of every mapping
    store::FeedPosition feed = 0;
    store::ReplayKey replay = store::ReplayKey::none;  ///< the latest

    bool same_configuration(const Ground& other) const {
        return configuration == other.configuration;
    }
    /// Records or decisions have come since.
    bool same_store(const Ground& other) const {
        return feed == other.feed && replay == other.replay;
    }
};

/// `config_source` is the text of the configuration file.
Result<Ground> ground_of(
    store::Reader& reader, ingest::Plans plans, std::string_view config_source
);

struct PlanFile {
    std::string id;
    Time made_at{};
    Ground ground;
    store::RawSelection selection;  ///< its share is that of the plan, not of what is applied
    std::string where;
    bool with_rules = true;
    std::string report;  ///< JSON
};

/// Made of what it says; short enough to type.
std::string plan_id(const PlanFile& plan);

/// In the folder `plans` of the storage; only the latest twenty are kept.
Result<void> save_plan(const std::filesystem::path& storage, const PlanFile& plan);
/// By id, or by the path of a file. Error: not_found, bad_data.
Result<PlanFile> load_plan(const std::filesystem::path& storage, const std::string& plan);

/// Error: conflict, saying what moved. Records that came since are allowed when asked for.
Result<void> check_ground(const PlanFile& plan, const Ground& now, bool even_if_records_came);

}  // namespace touchline::app
