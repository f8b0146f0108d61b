#include "background.hpp"

#include "touchpoint_reader.hpp"

#include "touchline/journey/mood.hpp"

namespace touchline::view {
namespace {

/// Nobody has more orders than that; a shop's own account may.
constexpr std::int64_t k_most_orders = 5000;

std::string_view text_of(json::View object, std::string_view name) {
    const auto member = object.get(name);
    return member ? member->as_string().value_or("") : std::string_view();
}

std::string order_of(json::View touchpoint) {
    const auto refs = touchpoint.get("refs");
    if (!refs) return {};
    for (const json::View ref : refs->elements()) {
        if (text_of(ref, "rel") == "order") return std::string(text_of(ref, "id"));
    }
    return {};
}

}  // namespace

Result<Background> background(store::Reader& reader, const CustomerKeys& keys) {
    Background found;
    TOUCHLINE_TRY(found.first, reader.first_touch(keys.identity_keys));
    store::TimelineFilter orders;
    orders.kind = "order,deal.won,subscription.started";
    TOUCHLINE_TRY(
        const store::TimelinePage page,
        reader.timeline(keys.identity_keys, orders, 0, k_most_orders)
    );
    std::vector<journey::OrderEvent> events;
    TouchpointReader touchpoints;
    for (const store::StoredTouchpoint& stored : page.items) {
        TOUCHLINE_TRY(const json::View touchpoint, touchpoints.document(stored));
        events.push_back(
            {stored.occurred_at, std::string(text_of(touchpoint, "kind")), order_of(touchpoint)}
        );
    }
    found.standings = journey::Standings(std::move(events));
    return found;
}

journey::PhaseFound phase_of(
    const journey::Vocabulary& vocabulary,
    const Background& background,
    const model::Touchpoint& touchpoint
) {
    journey::Moment moment;
    moment.at = touchpoint.occurred_at;
    moment.kind = touchpoint.kind;
    moment.is_first = touchpoint.occurred_at == background.first;
    const auto feelings = journey::feelings_of(touchpoint);
    if (!feelings.empty()) moment.mood = feelings.front().mood;
    moment.stated_phase = touchpoint.phase;
    moment.stated_by = touchpoint.phase_by;
    return journey::phase_of(vocabulary, moment, background.standings);
}

}  // namespace touchline::view
