// What the API asks of the running installation so that people can change it without fear: mappings
// tried on stored records and saved, changes planned and applied, records replayed and watched.
#pragma once

#include "touchline/ingest/replay.hpp"
#include "touchline/mapping/cases.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::api {

struct MappedStream {
    std::string connection, stream;
    std::string file;     ///< the mapping, relative to the configuration where it lies beside it
    std::string why_not;  ///< why it cannot be saved; empty when it can
};

struct MappingText {
    std::string file, text;
    std::string etag;  ///< of the text
    std::string why_not;
};

/// Something wrong in the text of a mapping, as the command line says it.
struct MappingFault {
    int line = 0, column = 0, length = 1;
    std::string message, cure;
};

/// What a record becomes.
struct TriedRecord {
    std::optional<MappingFault> fault;
    std::vector<std::string> touchpoints, facts, links;  ///< JSON
};

struct MappingTrial {
    std::vector<MappingFault> faults;  ///< any: nothing was run
    std::vector<mapping::CaseResult> cases;
    std::vector<TriedRecord> records;  ///< in the order they were given
};

struct TrialInput {
    std::string external_id, bytes;
};

struct MappingSaved {
    std::string diff;  ///< unified
    std::string etag;  ///< of what is there now
};

struct PlanWish {
    store::RawSelection selection;
    std::string where;
    bool with_rules = true;
};

struct PlanState {
    std::string id;
    std::string state;  ///< running, done, failed, cancelled, applied
    std::int64_t records = 0, total = 0;
    Time started_at{};
    std::string error;
    std::string report;  ///< JSON, once it is done
};

/// A row for people who look on.
struct TapRow {
    std::int64_t number = 0;
    Time at{};
    std::string stage;  ///< raw, mapped, merged, out
    std::string connection, stream, external_id;
    std::string text;  ///< JSON
};

/// Thread-safe; no call but try_mapping() and save_mapping() takes longer than a look-up.
class Workshop {
public:
    Workshop() = default;
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;
    virtual ~Workshop() = default;

    virtual std::vector<MappedStream> streams() = 0;
    /// Error: not_found.
    virtual Result<MappingText> mapping(std::string_view connection, std::string_view stream) = 0;
    /// Maps the records with the text as it is, which nobody has saved. Error: not_found.
    virtual Result<MappingTrial> try_mapping(
        std::string_view connection,
        std::string_view stream,
        const std::string& text,
        std::span<const TrialInput> records
    ) = 0;
    /// Writes the text as it was typed, all of it or nothing; with `dry_run` only says what it
    /// would change. Errors: not_found, denied, bad_data (it cannot be compiled), conflict (the
    /// file is not what `etag` says any more).
    virtual Result<MappingSaved> save_mapping(
        std::string_view connection,
        std::string_view stream,
        const std::string& text,
        const std::string& etag,
        bool dry_run
    ) = 0;

    /// With the mappings that are in use. Error: conflict (one is under way).
    virtual Result<store::Replay> start_replay(const ingest::ReplayRequest& request) = 0;
    virtual Result<store::Replay> cancel_replay(store::ReplayKey key) = 0;

    /// With the mappings and rules as they are in the files now. Returns the plan's id. Errors:
    /// conflict (one is under way), config (the files are not right).
    virtual Result<std::string> start_plan(const PlanWish& wish) = 0;
    virtual Result<PlanState> plan(std::string_view id) = 0;
    virtual std::vector<PlanState> plans() = 0;  ///< newest first, without their reports
    virtual Result<void> cancel_plan(std::string_view id) = 0;
    /// Takes the files' mappings into use and replays what the plan is about. Errors: not_found,
    /// conflict (the ground moved since, or the plan is of changed rules, which a restart takes
    /// into use).
    virtual Result<store::Replay> apply_plan(
        std::string_view id, bool even_if_records_came, std::string_view author
    ) = 0;

    /// Rows after that number, oldest first; watching goes on for a while after each call.
    virtual std::vector<TapRow> tap(std::int64_t after, std::size_t limit) = 0;
};

}  // namespace touchline::api
