// The questions about who is who that wait for a person.
#pragma once

#include "touchline/json/writer.hpp"
#include "touchline/store/store.hpp"

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
    std::vector<ReviewItem> items;  ///< those that concern most touchpoints first
};

/// Questions of one state; open ones only while the two are two customers, each pair of customers
/// once.
Result<ReviewPage> reviews(
    store::Reader& reader, store::ReviewState state, std::int64_t offset, std::int64_t limit
);

std::string_view to_string(store::ReviewState state);
void write(json::Writer& writer, const ReviewPage& page);

}  // namespace touchline::view
