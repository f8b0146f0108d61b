#include "collections.hpp"

namespace stripe {

namespace {

const std::vector<Collection>& collections() {
    static const std::vector<Collection> k_collections{
        {"charges",
         "charge",
         {"charge.captured",
          "charge.expired",
          "charge.failed",
          "charge.pending",
          "charge.refunded",
          "charge.succeeded",
          "charge.updated"}},
        {"customers", "customer", {"customer.created", "customer.deleted", "customer.updated"}},
        {"disputes",
         "dispute",
         {"charge.dispute.closed",
          "charge.dispute.created",
          "charge.dispute.funds_reinstated",
          "charge.dispute.funds_withdrawn",
          "charge.dispute.updated"},
         true},
        {"invoices",
         "invoice",
         {"invoice.created",
          "invoice.deleted",
          "invoice.finalized",
          "invoice.marked_uncollectible",
          "invoice.overdue",
          "invoice.paid",
          "invoice.payment_failed",
          "invoice.updated",
          "invoice.voided"}},
        {"refunds", "refund", {"refund.created", "refund.failed", "refund.updated"}, true},
    };
    return k_collections;
}

}  // namespace

Result<const Collection*> collection_of(const std::string& stream) {
    for (const auto& collection : collections()) {
        if (collection.stream == stream) return &collection;
    }
    return Error(Status::config, "Stripe has no stream \"" + stream + "\".");
}

const Collection* collection_of_object(std::string_view object) {
    for (const auto& collection : collections()) {
        if (collection.object == object) return &collection;
    }
    return nullptr;
}

Result<std::string> fetch_object(Job& job, const Collection& collection, const std::string& id) {
    sdk::HttpRequest request("api", "/" + std::string(collection.stream) + "/" + id);
    if (collection.with_charge) request.param("expand[]", "charge");
    TL_TRY(const auto answer, job.send(request));
    TL_TRY(auto object, answer.pick(""));
    return std::move(object.text);
}

}  // namespace stripe
