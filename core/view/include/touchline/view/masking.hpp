// Takes out of answers what their reader may not see. Hidden touchpoints stay as rows that say when
// and of which department: nobody takes a gap for silence.
#pragma once

#include "touchline/view/customer.hpp"
#include "touchline/view/journey.hpp"
#include "touchline/view/lookup.hpp"
#include "touchline/view/pins.hpp"
#include "touchline/view/reading.hpp"
#include "touchline/view/review.hpp"
#include "touchline/view/summary.hpp"
#include "touchline/view/timeline.hpp"

#include <string>

namespace touchline::view {

void mask(Lookup& lookup, const Reading& reading);
void mask(CustomerView& customer, const Reading& reading, const Catalogue& catalogue);
void mask(Summary& summary, const Reading& reading);
void mask(JourneyView& journey, const Reading& reading);
void mask(Timeline& timeline, const Reading& reading);
void mask(TimelineItem& item, const Reading& reading);
void mask(std::vector<PinView>& pins, const Reading& reading);
void mask(ReviewPage& page, const Reading& reading);

/// "email:ana@example.org" is "email:a•••@e•••.org" for whoever may not see contacts.
std::string masked_identity(const std::string& key, const Reading& reading);
/// Free text, in the same way.
std::string masked_text(const std::string& text, const Reading& reading);

}  // namespace touchline::view
