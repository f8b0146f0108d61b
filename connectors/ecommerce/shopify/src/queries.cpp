#include "queries.hpp"

#include <array>

namespace shopify {

namespace {

constexpr std::string_view k_order_fields = R"(
  id name createdAt updatedAt processedAt cancelledAt cancelReason
  displayFinancialStatus displayFulfillmentStatus sourceName test email phone
  totalPriceSet { shopMoney { amount currencyCode } }
  customer { id }
  lineItems(first: 10) { nodes { title quantity sku } }
  fulfillments(first: 20) { id createdAt deliveredAt status trackingInfo(first: 3) { company number url } }
  refunds(first: 20) { id createdAt note totalRefundedSet { shopMoney { amount currencyCode } } }
)";

constexpr std::string_view k_customer_fields = R"(
  id displayName firstName lastName createdAt updatedAt locale state
  defaultEmailAddress { emailAddress marketingState }
  defaultPhoneNumber { phoneNumber }
)";

constexpr std::array<Collection, 2> k_collections{
    {{"orders", "order", "Order", k_order_fields, 30},
     {"customers", "customer", "Customer", k_customer_fields, 200}}};

}  // namespace

const Collection* collection_of(std::string_view stream) {
    for (const auto& collection : k_collections) {
        if (collection.stream == stream) return &collection;
    }
    return nullptr;
}

std::string list_query(const Collection& collection) {
    std::string query = "query Changed($first: Int!, $after: String, $query: String) { ";
    query += collection.stream;
    query += "(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) { nodes {";
    query += collection.fields;
    return query + "} pageInfo { hasNextPage endCursor } } }";
}

std::string single_query(const Collection& collection) {
    std::string query = "query One($id: ID!) { ";
    query += collection.one;
    query += "(id: $id) {";
    query += collection.fields;
    return query + "} }";
}

}  // namespace shopify
