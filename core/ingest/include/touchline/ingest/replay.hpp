// Reading stored records anew with the mappings and rules of now, without asking the source. What
// comes out replaces what came out before: touchpoints that nothing yields any more leave the
// timelines, links that nobody asserts any more are taken back, dead letters that pass go away.
// What people decided stands. Doing it twice changes nothing the second time.
#pragma once

#include "touchline/ingest/ingestor.hpp"
#include "touchline/store/raw.hpp"

#include <functional>
#include <span>
#include <stop_token>

namespace touchline::ingest {

enum class ChangeKind { added, changed, removed };

/// A touchpoint that becomes another. Views are valid during the call.
struct TouchpointChange {
    ChangeKind kind = ChangeKind::changed;
    std::string_view connection, stream;
    store::IdentityKey identity =
        store::IdentityKey::none;    ///< whose timeline it stands on: before
                                     ///< the change, unless it is added
    std::string_view before, after;  ///< as touchpoint/1-0; empty where there is none
};

/// A record that could be processed and cannot be now.
struct RecordFailure {
    std::string_view connection, stream, external_id, stage, message, place, cure;
};

/// Hears what a replay changes, inside the transaction that changes it.
class ChangeObserver {
public:
    ChangeObserver() = default;
    ChangeObserver(const ChangeObserver&) = delete;
    ChangeObserver& operator=(const ChangeObserver&) = delete;
    virtual ~ChangeObserver() = default;
    virtual void touchpoint(const TouchpointChange& change) = 0;
    /// Of every record that fails, whether it failed before or not.
    virtual void failure(const RecordFailure& failure) = 0;
};

struct ReplayRequest {
    store::RawSelection selection;
    std::string where;   ///< a JMESPath expression over the record; empty: all
    std::string author;  ///< who asked for it, for the record
};

struct ReplayOptions {
    std::stop_token stop;
    /// A transaction takes so many at once; other writers wait that long.
    std::size_t records_per_commit = 1'000;
    /// Called after each commit, on the replay's thread.
    std::function<void(const store::Replay&)> progress;
    ChangeObserver* observer = nullptr;
};

/// The plans of the connections whose records are read; records of others are passed over.
using Plans = std::span<const ConnectionPlan* const>;

/// Writes down what is to be done. Error: bad_data (the expression), conflict (another replay is
/// not at its end).
Result<store::Replay> begin_replay(const Environment& environment, const ReplayRequest& request);

/// Goes on from where it stands, also after a kill: place and effect are committed together. Its
/// state stays `running` when it was stopped. Errors: not_found, conflict (it is over), and those
/// of the store.
Result<store::Replay> run_replay(
    const Environment& environment,
    Plans plans,
    store::ReplayKey key,
    const ReplayOptions& options = {}
);

/// It goes no further; what it had committed stays. Error: not_found, conflict (it is over).
Result<store::Replay> cancel_replay(const Environment& environment, store::ReplayKey key);

/// The one that is not at its end, if there is one.
Result<std::optional<store::Replay>> unfinished_replay(store::Reader& reader);

}  // namespace touchline::ingest
