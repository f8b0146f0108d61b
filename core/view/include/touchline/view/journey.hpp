// A customer's way through the phases, and how it felt: what the journey strip draws.
#pragma once

#include "touchline/journey/curve.hpp"
#include "touchline/journey/score.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/store/store.hpp"
#include "touchline/view/catalogue.hpp"
#include "touchline/view/reading.hpp"

#include <optional>
#include <string>
#include <vector>

namespace touchline::view {

struct JourneyView {
    /// One period of the strip.
    struct Window {
        Time from{}, to{};
        std::vector<journey::Spell> spells;
        std::vector<std::int64_t> volume;  ///< touchpoints in equal parts of the window
        std::vector<journey::Feeling> moments;
    };

    std::string customer;
    Time as_of{};
    std::optional<journey::Spell> current;      ///< the phase the customer is in, and since when
    std::vector<journey::PhaseFigures> phases;  ///< of the vocabulary, in its order
    Window recent;                              ///< 8 weeks, by day
    Window long_term;                           ///< 18 months, by week
    std::vector<journey::Feeling> feelings;     ///< of the long window and the last before it
    std::optional<journey::Score> score;
};

/// Error: not_found. `now` ends both windows. Feelings that `reading` hides are not looked at.
Result<JourneyView> journey_of(
    store::Reader& reader,
    const Catalogue& catalogue,
    std::string_view customer,
    Time now,
    const Reading& reading = {}
);

void write(json::Writer& writer, const JourneyView& view);

}  // namespace touchline::view
