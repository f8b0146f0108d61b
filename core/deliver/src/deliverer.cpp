#include "touchline/deliver/deliverer.hpp"

#include "pass.hpp"

#include "touchline/deliver/recovery.hpp"

#include <algorithm>

namespace touchline::deliver {

namespace {

/// An outage is looked at again by the schedule, but at least this often: it ends for all events at
/// once.
constexpr std::chrono::milliseconds k_outage_wait_max = std::chrono::minutes(5);

}  // namespace

Deliverer::Deliverer(
    std::string name,
    Destination& destination,
    store::Store& store,
    std::function<double()> random,
    DeliverOptions options
)
    : name_(std::move(name)),
      destination_(destination),
      store_(store),
      random_(std::move(random)),
      options_(std::move(options)),
      batch_limit_(options_.batch_events) {}

Result<StepReport> Deliverer::step(Time now, std::stop_token stop) {
    if (stalled_until_ && now < *stalled_until_) {
        StepReport waiting;
        waiting.next_at = stalled_until_;
        return waiting;
    }
    Pass pass(name_, options_, random_, now);
    {
        TOUCHLINE_TRY(const auto reader, store_.reader());
        TOUCHLINE_CHECK(
            pass.load(*reader, batch_limit_).with("reading the feed for destination " + name_)
        );
    }
    if (!pass.enabled()) return pass.report();
    pass.send(destination_, stop);
    TOUCHLINE_CHECK(
        pass.commit(store_).with("noting what became of events for destination " + name_)
    );
    auto report = pass.report();
    if (const auto& outage = pass.outage()) {
        const auto wait =
            options_.schedule.wait_after(++outages_, outage->retry_after(), random_());
        const auto asked = outage->retry_after().value_or(std::chrono::milliseconds(0));
        const auto longest = std::max(
            k_outage_wait_max,
            std::min<std::chrono::milliseconds>(asked, options_.schedule.retry_after_max)
        );
        stalled_until_ = now + std::min(wait.value_or(longest), longest);
        // Smaller and smaller, so that one event on which the destination fails altogether is
        // found.
        batch_limit_ = std::max<std::size_t>(1, batch_limit_ / 2);
        report.more = false;
        report.next_at = stalled_until_;
    } else {
        outages_ = 0;
        stalled_until_.reset();
        batch_limit_ = options_.batch_events;
    }
    return report;
}

Result<void> Deliverer::enable() {
    TOUCHLINE_CHECK(enable_destination(store_, name_));
    outages_ = 0;
    stalled_until_.reset();
    return {};
}

}  // namespace touchline::deliver
