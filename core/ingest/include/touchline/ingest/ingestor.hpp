// From pages to committed timelines: maps and normalises pages as they come, gathers them into
// batches, and commits each batch with its checkpoint in one transaction. Records that cannot be
// processed become dead letters; the ones around them go on.
#pragma once

#include "touchline/base/time.hpp"
#include "touchline/identity/policy.hpp"
#include "touchline/ingest/matching_limits.hpp"
#include "touchline/ingest/stream_plan.hpp"
#include "touchline/store/store.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::ingest {

/// A record on its way in. Views are valid during the call.
struct SeenRecord {
    std::string_view connection, stream, external_id, bytes;
    bool unchanged = false;  ///< these bytes were known
    std::string_view fault;  ///< why it became a dead letter; empty when it did not
    std::vector<std::string_view> touchpoints;  ///< what it became, as touchpoint/1-0
};

/// Sees what is committed, for people who look on. Called after each commit, on its thread.
class Witness {
public:
    Witness() = default;
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;
    virtual ~Witness() = default;
    /// Cheap: asked once for a commit.
    virtual bool is_watching() const = 0;
    virtual void record(const SeenRecord& record) = 0;
};

/// What ingest works with; shared by all connections, outlives every Ingestor.
struct Environment {
    store::Store& store;
    const identity::Policy& policy;
    const Clock& clock;
    std::string tenant = "default";
    Witness* witness = nullptr;
    MatchingLimits limits = {};  ///< as configured; see limits_in_force()
};

/// A batch is committed when one of these is reached and a checkpoint stands, or at the end.
struct BatchLimits {
    std::size_t records = 20'000;
    std::size_t bytes = 24U << 20;
    std::chrono::milliseconds age{1000};
};

struct Totals {
    std::int64_t records = 0;      ///< received
    std::int64_t unchanged = 0;    ///< of them, known already
    std::int64_t touchpoints = 0;  ///< new or changed
    std::int64_t dead_letters = 0;
    std::int64_t commits = 0;

    Totals& operator+=(const Totals& other) {
        records += other.records;
        unchanged += other.unchanged;
        touchpoints += other.touchpoints;
        dead_letters += other.dead_letters;
        commits += other.commits;
        return *this;
    }
};

/// One read of one connection. One thread at a time; several Ingestors may work beside each other
/// on one store.
class Ingestor final : public PageSink {
public:
    /// `force` processes records even when their bytes are known (retries of dead letters,
    /// replays).
    Ingestor(
        const Environment& environment,
        const ConnectionPlan& plan,
        BatchLimits limits = {},
        bool force = false
    );
    ~Ingestor() override;

    Result<void> page(const Page& page) override;
    Result<void> bad_record(const BadRecord& record) override;
    Result<void> checkpoint(const Checkpoint& checkpoint) override;
    /// Commits what is left. Without it, what no commit has taken is dropped, and the source will
    /// send it again.
    Result<void> finish();
    /// A webhook's inbox entry is removed in the transaction that commits what came of it.
    void settles(store::InboxKey item);

    const Totals& totals() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace touchline::ingest
