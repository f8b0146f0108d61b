// The questions about who is who that wait for a person.
#pragma once

#include "touchline/json/writer.hpp"
#include "touchline/store/store.hpp"
#include "touchline/view/catalogue.hpp"

#include <string>
#include <vector>

namespace touchline::view {

struct ReviewSide {
    std::string customer, name, identity;  ///< "crm.contact:17"
};

struct ReviewItem {
    std::int64_t id = 0;
    ReviewSide a, b;
    store::Review review;
};

struct ReviewPage {
    std::int64_t total = 0;         ///< over all pages
    std::vector<ReviewItem> items;  ///< those first whose answer is likely to move most touchpoints
};

/// Reviews of one state. Of open ones only those that are worth a person's time: each two customers
/// once, by what is likeliest; none whose answer would change nothing, or is given already; and of
/// each customer no more than the catalogue allows.
Result<ReviewPage> reviews(
    store::Reader& reader,
    const Catalogue& catalogue,
    store::ReviewState state,
    std::int64_t offset,
    std::int64_t limit
);

std::string_view to_string(store::ReviewState state);
void write(json::Writer& writer, const ReviewPage& page);

}  // namespace touchline::view
