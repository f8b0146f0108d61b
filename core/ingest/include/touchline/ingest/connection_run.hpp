// One run: one pass over a connection's streams, each from its last checkpoint.
#pragma once

#include "touchline/ingest/ingestor.hpp"

#include <functional>
#include <span>
#include <stop_token>

namespace touchline::ingest {

struct StreamFailure {
    std::string stream;
    Error error;
    Time at{};
};

struct RunReport {
    Totals totals;
    std::vector<StreamFailure> failures;  ///< a failed stream does not stop the others
    /// Streams that the system told to wait for longer than a run does: no failures, since what is
    /// left is read by a later run.
    std::vector<StreamFailure> waits;
    /// The run gave way before these were read to their end; the first of them had its turn.
    std::vector<std::string> left;
    bool cancelled = false;
};

struct RunOptions {
    std::stop_token stop;
    /// Only these streams, in this order; empty: all that the plan has.
    std::vector<std::string> streams;
    std::optional<Time> since;
    BatchLimits batch;
    /// Live streams are not read to their end only: what comes is read as it comes, until `stop` or
    /// until the connector wants to be called again.
    bool stays = false;
    /// When it began, as record_live and an earlier turn have it; nothing: now.
    std::optional<Time> started;
    /// Called after each page and each checkpoint, on the run's thread.
    std::function<void(const Totals&)> progress;
    /// Asked at each checkpoint that leads further, on the run's thread: true ends this turn of the
    /// run, so that others come to theirs. Empty: never.
    std::function<bool()> gives_way;
    /// What the turns before this one did; its totals and faults are counted on. Null: this is the
    /// first.
    const RunReport* earlier = nullptr;
};

/// Reads every stream to its end or until it gives way, looks for likenesses among what came, and
/// records the run: "running" from its third second on while there is something left, "failed" as
/// soon as a stream is. What was committed before a failure stays. Error: only when the store
/// itself fails.
Result<RunReport> run_connection(
    const Environment& environment,
    const ConnectionPlan& plan,
    Source& source,
    const RunOptions& options = {}
);

/// Writes down that a run which stays is at work: people see a run with the outcome "live", whose
/// end is now. Once it has ended, run_connection writes in its place how. Any thread.
Result<void> record_live(
    const Environment& environment, const ConnectionPlan& plan, Time started, const Totals& totals
);

/// Writes down that a run which gave way will not go on. Any thread.
Result<void> record_end(
    const Environment& environment, const ConnectionPlan& plan, Time started, RunReport report
);

/// Gives the webhooks that were stored for this connection to its source and commits what comes of
/// them. One that its connector refuses becomes a dead letter. Returns what was done.
Result<Totals> drain_inbox(
    const Environment& environment,
    const ConnectionPlan& plan,
    Source& source,
    std::stop_token stop = {}
);

/// Tries a dead letter again, with the mapping as it is now. True: it is processed and gone; false:
/// it failed again and counts one attempt more. Error: not_found, conflict (the letter is of
/// another connection).
Result<bool> retry_dead_letter(
    const Environment& environment, const ConnectionPlan& plan, store::DeadLetterKey key
);

}  // namespace touchline::ingest
