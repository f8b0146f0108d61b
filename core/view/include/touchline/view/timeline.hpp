// A customer's timeline in display form.
#pragma once

#include "touchline/json/writer.hpp"
#include "touchline/model/touchpoint.hpp"
#include "touchline/store/store.hpp"
#include "touchline/view/catalogue.hpp"

#include <string>
#include <vector>

namespace touchline::view {

struct TimelineItem {
    model::Touchpoint touchpoint;
    std::string title;     ///< "Case opened"
    std::string identity;  ///< "helpdesk.user:55": whose it is
    std::string department, department_name;
};

struct Timeline {
    std::string customer;  ///< the living id
    std::int64_t total = 0, offset = 0;
    store::FeedPosition as_of = 0;
    std::vector<TimelineItem> items;  ///< newest first
};

/// Error: not_found.
Result<Timeline> timeline(
    store::Reader& reader,
    const Catalogue& catalogue,
    std::string_view customer,
    const store::TimelineFilter& filter,
    std::int64_t offset,
    std::int64_t limit
);
/// One stored touchpoint in display form.
Result<TimelineItem> display(
    store::Reader& reader, const Catalogue& catalogue, const store::StoredTouchpoint& stored
);

/// "message.sent" towards us reads "Message received".
std::string title_of(const model::Touchpoint& touchpoint);

void write(json::Writer& writer, const TimelineItem& item);
void write(json::Writer& writer, const Timeline& timeline);

}  // namespace touchline::view
