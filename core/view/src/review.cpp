#include "touchline/view/review.hpp"

#include "question_queue.hpp"

#include "touchline/view/customer.hpp"

#include <algorithm>
#include <utility>

namespace touchline::view {
namespace {

Result<ReviewSide> side_of(
    store::Reader& reader, const Catalogue& catalogue, const store::Identity& identity
) {
    ReviewSide side;
    side.identity = identity.ns + ":" + identity.value;
    TOUCHLINE_TRY(const store::Customer customer, reader.resolve(identity.customer));
    side.customer = customer.id;
    TOUCHLINE_TRY(const auto identities, reader.identities_of(customer.key));
    TOUCHLINE_TRY(side.name, name_of(reader, catalogue.survivorship, identities));
    return side;
}

Result<ReviewItem> item_of(
    store::Reader& reader, const Catalogue& catalogue, const store::Review& review
) {
    ReviewItem item{static_cast<std::int64_t>(review.key), {}, {}, review};
    for (const auto& [key, side] : {std::pair(review.a, &item.a), std::pair(review.b, &item.b)}) {
        TOUCHLINE_TRY(const auto identity, reader.identities({&key, 1}));
        if (identity.empty()) return Error(Code::not_found, "a review is about nobody");
        TOUCHLINE_TRY(*side, side_of(reader, catalogue, identity.front()));
    }
    return item;
}

Result<ReviewPage> questions(
    store::Reader& reader, const Catalogue& catalogue, std::int64_t offset, std::int64_t limit
) {
    TOUCHLINE_TRY(const auto queue, question_queue(reader, catalogue.questions_per_customer));
    ReviewPage page;
    page.total = std::ssize(queue);
    for (auto i = offset; i < std::min(page.total, offset + limit); ++i) {
        TOUCHLINE_TRY(const auto review, reader.review(queue[std::size_t(i)]));
        if (!review) continue;
        TOUCHLINE_TRY(page.items.emplace_back(), item_of(reader, catalogue, *review));
    }
    return page;
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
    store::Reader& reader,
    const Catalogue& catalogue,
    store::ReviewState state,
    std::int64_t offset,
    std::int64_t limit
) {
    if (state == store::ReviewState::open) return questions(reader, catalogue, offset, limit);
    ReviewPage page;
    TOUCHLINE_TRY(page.total, reader.count_reviews(state));
    TOUCHLINE_TRY(const auto found, reader.reviews(state, offset, limit));
    for (const store::Review& review : found) {
        TOUCHLINE_TRY(page.items.emplace_back(), item_of(reader, catalogue, review));
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
    writer.begin_object().member("total", page.total).key("reviews").begin_array();
    for (const ReviewItem& item : page.items) write_item(writer, item);
    writer.end_array().end_object();
}

}  // namespace touchline::view
