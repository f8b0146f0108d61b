// E-commerce. Shopify's Admin GraphQL: lists of what changed since a time, by cursor.
// https://shopify.dev/docs/api/admin-graphql
#include "vendors.hpp"

#include "touchline/base/time.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <charconv>

namespace touchline::sample {

namespace {

/// "updated_at:>='2026-10-01T09:00:00Z'"
std::int64_t since(std::string_view query) {
    const auto from = query.find('\''), to = query.rfind('\'');
    if (from == std::string_view::npos || to <= from) return 0;
    const auto time = parse_rfc3339(query.substr(from + 1, to - from - 1));
    if (!time) return 0;
    return std::chrono::floor<std::chrono::seconds>(*time).time_since_epoch().count();
}

std::string list(const Shelf& objects, std::string_view name, json::View variables) {
    const auto text = [&](std::string_view key) {
        const auto value = variables.get(key);
        return std::string(value ? value->as_string().value_or("") : "");
    };
    const std::string after = text("after");
    std::size_t from = objects.place_of(since(text("query")));
    if (!after.empty()) std::from_chars(after.data(), after.data() + after.size(), from);
    const auto first = variables.get("first");
    const auto page =
        objects.page(from, static_cast<std::size_t>(first ? first->as_int().value_or(50) : 50));
    const std::size_t end = from + page.size();
    json::Writer w;
    w.begin_object().key("data").begin_object().key(name).begin_object();
    w.key("nodes").raw(listed(page)).key("pageInfo").begin_object();
    w.member("hasNextPage", end < objects.all().size()).member("endCursor", std::to_string(end));
    return w.end_object().end_object().end_object().end_object().take();
}

}  // namespace

Answered shopify(const Ask& ask) {
    if (ask.request.method != "POST" || !ask.path.ends_with("/graphql.json")) return std::nullopt;
    const auto wish = json::Document::parse(ask.request.body);
    const auto query = wish ? wish->root().get("query") : std::nullopt;
    const auto variables = wish ? wish->root().get("variables") : std::nullopt;
    if (!query || !query->as_string() || !variables)
        return R"({"errors":[{"message":"no query"}]})";
    const std::string_view text = *query->as_string();
    if (text.find("shop {") != std::string_view::npos)
        return R"({"data":{"shop":{"name":"Halden","myshopifyDomain":"halden.myshopify.com"}}})";
    if (text.find("orders(") != std::string_view::npos)
        return list(shelf(ask.shelves, Stream::shop_orders), "orders", *variables);
    if (text.find("customers(") != std::string_view::npos)
        return list(shelf(ask.shelves, Stream::shop_customers), "customers", *variables);
    return R"({"errors":[{"message":"Field doesn't exist on type 'QueryRoot'"}]})";
}

}  // namespace touchline::sample
