// From the places of a timeline to the rows that a query asks for.
#pragma once

#include "customer_keys.hpp"

#include "touchline/view/timeline.hpp"

namespace touchline::view {

/// A run of places that is shown as one row.
struct RowSpan {
    std::size_t first = 0, count = 1;
};

/// Places under all of the query's filters, newest first.
Result<store::TimelinePlaces> selected_places(
    store::Reader& reader, const CustomerKeys& keys, const TimelineQuery& query
);

/// Every place, or every burst of at least three passing ones, is a row.
std::vector<RowSpan> rows_of(const store::TimelinePlaces& places, bool fold);

/// The first row that is not newer than `time`; the last one where all are.
std::int64_t row_at(
    const store::TimelinePlaces& places, const std::vector<RowSpan>& rows, Time time
);

}  // namespace touchline::view
