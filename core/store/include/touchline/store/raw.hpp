// Stored raw records as they are read again, and the replays that read them.
#pragma once

#include "touchline/store/rows.hpp"

namespace touchline::store {

enum class ReplayKey : std::int64_t { none };

/// Which of the stored records are meant: latest versions only. Empty fields: any.
struct RawSelection {
    std::string connection, stream;
    std::optional<Time> from, until;  ///< when the version arrived; `until` is not included
    double share = 1;                 ///< of the records, up to 1; always the same ones
};

struct StoredRecord {
    RecordKey key = RecordKey::none;
    std::string connection, stream, external_id, version;
    ContentHash hash{};
    Time received_at{};
    std::string bytes;
};

/// How many records, in whatever version, arrived in an hour.
struct RawVolume {
    Time hour{};
    std::string connection, stream;
    std::int64_t records = 0;
};

/// What a replay has done so far.
struct ReplayCounts {
    std::int64_t records = 0;  ///< looked at
    std::int64_t added = 0;    ///< touchpoints that were not there
    std::int64_t changed = 0;  ///< touchpoints that say something else now
    std::int64_t removed = 0;  ///< touchpoints that nothing yields any more
    std::int64_t mended = 0;   ///< dead letters that went away
    std::int64_t failed = 0;   ///< records that could be processed before and cannot be now
};

enum class ReplayState {
    running,  ///< or stopped in the middle: it goes on from `after`
    done,
    cancelled,  ///< by a person; what it had committed stays
    failed,     ///< the store failed; it can go on
};

/// One pass of stored records through the mappings. Its place is committed with what it did.
struct Replay {
    ReplayKey key = ReplayKey::none;
    RawSelection selection;
    std::string where;  ///< an expression over the record; empty: all
    ReplayState state = ReplayState::running;
    RecordKey after = RecordKey::none;  ///< everything up to here is done
    std::int64_t total = 0;             ///< records of the selection when it began
    ReplayCounts counts;
    Time started_at{};
    std::optional<Time> finished_at;
    std::string author, error;
};

}  // namespace touchline::store
