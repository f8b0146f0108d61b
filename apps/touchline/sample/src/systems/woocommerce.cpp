// The shops in town. WooCommerce's orders, by the time of their last change.
// https://woocommerce.github.io/woocommerce-rest-api-docs/
#include "vendors.hpp"

#include "touchline/base/time.hpp"

namespace touchline::sample {

Answered woocommerce(const Ask& ask) {
    if (!ask.is("GET", "/wp-json/wc/v3/orders")) return std::nullopt;
    const Shelf& orders = shelf(ask.shelves, Stream::store_orders);
    // "After" leaves its own second out.
    const auto after = parse_rfc3339(ask.param("modified_after") + "Z");
    const std::size_t first =
        after ? orders.place_of(
                    std::chrono::floor<std::chrono::seconds>(*after).time_since_epoch().count() + 1
                )
              : 0;
    const std::size_t from = first + ask.number("offset", 0, SIZE_MAX);
    return listed(orders.page(from, ask.number("per_page", 10, 100)));
}

}  // namespace touchline::sample
