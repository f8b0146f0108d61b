// Where a customer stood at a time: nothing bought yet, an order on its way, or all arrived. Told
// from the orders alone.
#pragma once

#include "touchline/base/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace touchline::journey {

enum class Standing { prospect, order_open, customer };

/// A touchpoint that moves an order on. Every other kind than the ones below changes nothing.
struct OrderEvent {
    Time at{};
    std::string kind;   ///< order.*, deal.won, subscription.started
    std::string order;  ///< its number; events without one are about the same order
};

class Standings {
public:
    Standings() = default;
    /// The events in any order.
    explicit Standings(std::vector<OrderEvent> events);
    /// Just before `time`: the touchpoint of a moment does not change its own standing.
    Standing at(Time time) const;

private:
    struct Turn {
        Time at{};
        Standing standing = Standing::prospect;
    };
    std::vector<Turn> turns_;  // oldest first
};

std::string_view to_string(Standing standing);

}  // namespace touchline::journey
