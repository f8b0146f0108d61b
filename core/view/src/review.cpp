#include "touchline/view/review.hpp"

#include "touchline/view/customer.hpp"

#include <array>
#include <set>

namespace touchline::view {
namespace {

Result<ReviewSide> side_of(store::Reader& reader, const store::Identity& identity) {
    ReviewSide side;
    side.identity = identity.ns + ":" + identity.value;
    TOUCHLINE_TRY(const store::Customer customer, reader.resolve(identity.customer));
    side.customer = customer.id;
    TOUCHLINE_TRY(const auto identities, reader.identities_of(customer.key));
    TOUCHLINE_TRY(side.name, name_of(reader, identities));
    return side;
}

void write(json::Writer& writer, const ReviewSide& side) {
    writer.begin_object()
        .member("customer", side.customer)
        .member("name", side.name)
        .member("identity", side.identity)
        .end_object();
}

void write_item(json::Writer& writer, const ReviewItem& item) {
    const store::Review& review = item.review;
    writer.begin_object().member("id", item.id).key("a");
    write(writer, item.a);
    writer.key("b");
    write(writer, item.b);
    writer.member("bits", review.bits)
        .member("reason", review.reason)
        .member("model", review.model)
        .member("state", to_string(review.state))
        .member("touchpoints", review.touchpoints)
        .member("opened_at", format_rfc3339(review.opened_at));
    writer.key("decided_at");
    review.decided_at ? writer.value(format_rfc3339(*review.decided_at)) : writer.null();
    writer.member("author", review.author).member("note", review.note).end_object();
}

}  // namespace

Result<ReviewPage> reviews(
    store::Reader& reader, store::ReviewState state, std::int64_t offset, std::int64_t limit
) {
    ReviewPage page;
    std::set<std::pair<std::string, std::string>> asked;
    TOUCHLINE_TRY(const auto found, reader.reviews(state, offset, limit));
    for (const store::Review& review : found) {
        const std::array<store::IdentityKey, 2> ends{review.a, review.b};
        TOUCHLINE_TRY(const auto identities, reader.identities(ends));
        if (identities.size() != 2) continue;
        ReviewItem item{static_cast<std::int64_t>(review.key), {}, {}, review};
        TOUCHLINE_TRY(item.a, side_of(reader, identities[0]));
        TOUCHLINE_TRY(item.b, side_of(reader, identities[1]));
        const bool settled = item.a.customer == item.b.customer;
        if (state == store::ReviewState::open &&
            (settled || !asked.insert(std::minmax(item.a.customer, item.b.customer)).second))
            continue;
        page.items.push_back(std::move(item));
    }
    return page;
}

std::string_view to_string(store::ReviewState state) {
    switch (state) {
        case store::ReviewState::open:
            return "open";
        case store::ReviewState::later:
            return "later";
        case store::ReviewState::same:
            return "same";
        case store::ReviewState::not_same:
            break;
    }
    return "not_same";
}

void write(json::Writer& writer, const ReviewPage& page) {
    writer.begin_object().key("reviews").begin_array();
    for (const ReviewItem& item : page.items) write_item(writer, item);
    writer.end_array().end_object();
}

}  // namespace touchline::view
