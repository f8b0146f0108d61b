#include "touchline/journey/vocabulary.hpp"

#include <algorithm>

namespace touchline::journey {

// The list and its evidence: Oracle's buy-and-own loop (CX Strategy and Design workshop).
const Vocabulary& Vocabulary::standard() {
    static const Vocabulary k_eight = [] {
        Vocabulary eight;
        eight.phases_ = {
            {"need", "Need", Stage::pre_purchase, "Do I have a problem worth solving?"},
            {"research", "Research", Stage::pre_purchase, "What could solve it?"},
            {"select", "Select", Stage::pre_purchase, "Which one, on what terms?"},
            {"purchase", "Purchase", Stage::purchase, "Is buying easy and safe?"},
            {"receive", "Receive", Stage::post_purchase, "Did I get what I was promised?"},
            {"use", "Use", Stage::post_purchase, "Does it do the job?"},
            {"maintain", "Maintain", Stage::post_purchase, "Will they help when it fails?"},
            {"recommend", "Recommend", Stage::post_purchase, "Would I tell others, buy again?"},
        };
        eight.rules_ = {
            {"page.viewed", When::first, "need"},
            {"post.mentioned", When::prospect, "need"},
            {"post.mentioned", When::positive, "recommend"},
            {"message", When::order_open, "receive"},
            {"message", When::customer, "maintain"},
            {"call", When::order_open, "receive"},
            {"call", When::customer, "maintain"},
            {"meeting", When::order_open, "receive"},
            {"meeting", When::customer, "maintain"},
            {"visit", When::order_open, "receive"},
            {"visit", When::customer, "maintain"},
            {"note", When::order_open, "receive"},
            {"note", When::customer, "maintain"},
            {"page.viewed", When::customer, "use"},
            {"login.succeeded", When::order_open, "receive"},
            {"campaign", When::always, "need"},
            {"post.mentioned", When::always, "need"},
            {"page.viewed", When::always, "research"},
            {"product.viewed", When::always, "research"},
            {"search.performed", When::always, "research"},
            {"form.submitted", When::always, "research"},
            {"lead.created", When::always, "research"},
            {"message", When::always, "research"},
            {"call", When::always, "research"},
            {"meeting", When::always, "research"},
            {"visit", When::always, "research"},
            {"note", When::always, "research"},
            {"cart", When::always, "select"},
            {"quote", When::always, "select"},
            {"deal.won", When::always, "purchase"},
            {"deal", When::always, "select"},
            {"order.placed", When::always, "purchase"},
            {"order.paid", When::always, "purchase"},
            {"payment", When::always, "purchase"},
            {"subscription.started", When::always, "purchase"},
            {"order.shipped", When::always, "receive"},
            {"order.delivered", When::always, "receive"},
            {"feature.used", When::always, "use"},
            {"login.succeeded", When::always, "use"},
            {"case", When::always, "maintain"},
            {"order", When::always, "maintain"},
            {"invoice", When::always, "maintain"},
            {"subscription", When::always, "maintain"},
            {"survey.responded", When::always, "recommend"},
            {"review.posted", When::always, "recommend"},
            {"post.shared", When::always, "recommend"},
        };
        return eight;
    }();
    return k_eight;
}

const Phase* Vocabulary::find(std::string_view id) const {
    const auto found = std::find_if(phases_.begin(), phases_.end(), [id](const Phase& phase) {
        return phase.id == id;
    });
    return found == phases_.end() ? nullptr : &*found;
}

std::string_view to_string(Stage stage) {
    switch (stage) {
        case Stage::pre_purchase:
            return "pre_purchase";
        case Stage::purchase:
            return "purchase";
        case Stage::post_purchase:
            return "post_purchase";
    }
    return {};
}

std::string_view to_string(When when) {
    switch (when) {
        case When::always:
            return "always";
        case When::first:
            return "first";
        case When::prospect:
            return "prospect";
        case When::order_open:
            return "order_open";
        case When::customer:
            return "customer";
        case When::positive:
            return "positive";
    }
    return {};
}

}  // namespace touchline::journey
