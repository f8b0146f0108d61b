// Brings the feed to one destination: every event at least once, a customer's events in their
// order.
//
// An event that fails is parked and tried again by the schedule; later events of the same customer
// wait behind it while other customers go on. Where the whole destination cannot be reached the
// feed itself waits, so that nothing piles up. The cursor, parked events with their attempts and
// dead letters are in the store, and outlive the process.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/time.hpp"
#include "touchline/deliver/destination.hpp"
#include "touchline/deliver/schedule.hpp"
#include "touchline/store/store.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace touchline::deliver {

struct DeliverOptions {
    std::size_t batch_events = 500;
    std::size_t batch_bytes = 1 << 20;
    /// While more events than this are parked, no new ones are taken from the feed.
    std::size_t parked_max = 10'000;
    /// Types of event to send, "*" at the end allowed; empty: all. Others are passed over for good:
    /// a filter that is widened later sends what is new from then on.
    std::vector<std::string> types;
    RetrySchedule schedule;
};

struct StepReport {
    std::size_t delivered = 0;
    std::size_t parked = 0;  ///< are parked now, this step's included
    std::size_t dead = 0;    ///< became dead letters
    bool enabled = true;
    bool more = false;            ///< there is work now: call again
    std::optional<Time> next_at;  ///< else the next attempt is due then
    std::string problem;          ///< for people, when a write as a whole failed
};

/// One destination. Step-driven: no thread and no timer of its own. One thread at a time.
class Deliverer {
public:
    /// Keeps references to the destination and the store. `random` yields numbers in [0, 1).
    Deliverer(
        std::string name,
        Destination& destination,
        store::Store& store,
        std::function<double()> random,
        DeliverOptions options = {}
    );

    /// Delivers what is due, a batch of new events included, and commits what became of them. When
    /// the process ends before that, the same events go out again under the same ids. Error: the
    /// store's.
    Result<StepReport> step(Time now, std::stop_token stop = {});

    /// After a destination disabled itself ("gone"): goes on from where it stopped.
    Result<void> enable();

private:
    std::string name_;
    Destination& destination_;
    store::Store& store_;
    std::function<double()> random_;
    DeliverOptions options_;
    // An outage of the whole destination is not worth remembering over a restart.
    std::uint32_t outages_ = 0;
    std::optional<Time> stalled_until_;
    std::size_t batch_limit_;
};

}  // namespace touchline::deliver
