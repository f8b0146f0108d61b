// The work of one step: load what is due, send it, commit what became of it.
#pragma once

#include "event_source.hpp"

#include "touchline/deliver/deliverer.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::deliver {

class Pass {
public:
    Pass(
        const std::string& name,
        const DeliverOptions& options,
        std::function<double()>& random,
        Time now
    )
        : name_(name), options_(options), random_(random), now_(now) {}

    /// At most `limit` events, and at most the batch's bytes unless one alone has more.
    Result<void> load(store::Reader& reader, std::size_t limit);
    void send(Destination& destination, std::stop_token stop);
    Result<void> commit(store::Store& store);

    bool enabled() const { return state_.enabled; }
    /// Set when a write failed as a whole.
    const std::optional<Error>& outage() const { return outage_; }
    const StepReport& report() const { return report_; }

private:
    struct Item {
        Prepared event;
        std::uint32_t attempts = 0;
        bool was_parked = false;
        bool settled = false;
    };
    /// The events of one customer, in order.
    struct Lane {
        std::vector<Item> items;
        std::size_t next = 0;
        bool waits = false;   ///< parked events stand before any new one
        bool full = false;    ///< takes no more events in this pass
        bool closed = false;  ///< nothing more goes out in this pass
    };
    struct Dead {
        std::string customer, event, code, message, body;
    };

    Result<void> load_parked(store::Reader& reader, EventSource& source);
    Result<void> load_row(
        store::Reader& reader, EventSource& source, const store::Parked& row, Lane& lane
    );
    Result<void> load_new(store::Reader& reader, EventSource& source);
    bool is_wanted(std::string_view type) const;
    bool fits(const Prepared& event) const;
    void add(Lane& lane, Prepared event, std::uint32_t attempts, bool was_parked);

    std::vector<Lane*> wave();
    /// False when the pass is over.
    bool write(Destination& destination, std::span<Lane* const> lanes, std::stop_token stop);
    void settle(Lane& lane, const ItemResult& result);
    void retry(Lane& lane, const ItemResult& result);
    void give_up(Lane& lane, std::string code, std::string message);
    void done(Lane& lane);
    void park(const Item& item, Time next_at, std::string error);
    void move_cursor();
    void due_at(Time at);

    const std::string& name_;
    const DeliverOptions& options_;
    std::function<double()>& random_;
    Time now_;

    store::DestinationState state_;
    bool state_changed_ = false;
    store::FeedPosition window_end_ = 0;
    std::size_t limit_ = 0, loaded_events_ = 0, loaded_bytes_ = 0;
    std::map<store::CustomerKey, Lane> lanes_;
    std::vector<store::Parked> followers_;  // new events behind parked ones
    std::map<store::FeedPosition, store::Parked> to_park_;
    std::set<store::FeedPosition> parked_, to_unpark_;
    std::vector<Dead> dead_;
    std::optional<Error> outage_;
    StepReport report_;
};

}  // namespace touchline::deliver
