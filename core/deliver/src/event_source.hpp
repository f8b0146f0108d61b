// Feed entries made ready to send.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/json/view.hpp"
#include "touchline/store/store.hpp"

#include <optional>
#include <string>
#include <unordered_map>

namespace touchline::deliver {

struct Prepared {
    store::FeedPosition position = 0;
    store::CustomerKey customer = store::CustomerKey::none;  ///< living; whose order counts
    std::string id, subject, type, body;
};

/// Reads through one snapshot, which has to outlive it.
class EventSource {
public:
    explicit EventSource(store::Reader& reader) : reader_(reader) {}

    /// The living customer that `key` has become.
    Result<store::CustomerKey> living(store::CustomerKey key);
    /// Nothing when the touchpoint has been erased since. A touchpoint is sent as it is now.
    Result<std::optional<Prepared>> prepare(const store::FeedEntry& entry);

private:
    Result<const store::Customer*> customer(store::CustomerKey key);

    store::Reader& reader_;
    json::Parser parser_;
    std::unordered_map<store::CustomerKey, store::Customer> customers_;
};

}  // namespace touchline::deliver
