#include "touchline/journey/standing.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace touchline::journey {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array k_starts = {"order.placed"sv, "order.paid"sv, "order.shipped"sv};
constexpr std::array k_ends = {
    "order.delivered"sv, "order.cancelled"sv, "order.refunded"sv, "order.returned"sv};
/// Something is theirs without a parcel under way.
constexpr std::array k_bought = {"deal.won"sv, "subscription.started"sv};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& kinds, std::string_view kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

}  // namespace

Standings::Standings(std::vector<OrderEvent> events) {
    std::stable_sort(events.begin(), events.end(), [](const OrderEvent& a, const OrderEvent& b) {
        return a.at < b.at;
    });
    std::set<std::string, std::less<>> open, ended;
    bool bought = false;
    for (const OrderEvent& event : events) {
        if (is_one_of(k_starts, event.kind)) {
            // A payment that is booked after the parcel came does not send it out again.
            if (event.kind == "order.placed" || !ended.contains(event.order)) {
                open.insert(event.order);
                ended.erase(event.order);
            }
        } else if (is_one_of(k_ends, event.kind)) {
            open.erase(event.order);
            ended.insert(event.order);
            bought = bought || event.kind != "order.cancelled";
        } else if (is_one_of(k_bought, event.kind)) {
            bought = true;
        } else {
            continue;
        }
        const Standing now = !open.empty() ? Standing::order_open
                             : bought      ? Standing::customer
                                           : Standing::prospect;
        if (turns_.empty() || turns_.back().standing != now) turns_.push_back({event.at, now});
    }
}

Standing Standings::at(Time time) const {
    const auto next = std::lower_bound(
        turns_.begin(), turns_.end(), time, [](const Turn& turn, Time at) { return turn.at < at; }
    );
    return next == turns_.begin() ? Standing::prospect : std::prev(next)->standing;
}

std::string_view to_string(Standing standing) {
    switch (standing) {
        case Standing::prospect:
            return "prospect";
        case Standing::order_open:
            return "order_open";
        case Standing::customer:
            return "customer";
    }
    return {};
}

}  // namespace touchline::journey
