// Billing. Stripe's lists, newest first; no events, since nothing changes any more.
// https://docs.stripe.com/api/pagination
#include "vendors.hpp"

#include "touchline/json/writer.hpp"

#include <algorithm>
#include <array>

namespace touchline::sample {

Answered stripe(const Ask& ask) {
    if (ask.request.method != "GET") return std::nullopt;
    if (ask.path == "/v1/events") return R"({"object":"list","data":[],"has_more":false})";
    static constexpr std::array k_lists{
        Stream::billing_customers, Stream::billing_invoices, Stream::billing_charges};
    for (const Stream stream : k_lists) {
        if (ask.path != "/v1/" + std::string(file_of(stream).name)) continue;
        const auto all = shelf(ask.shelves, stream).all();
        std::size_t end = all.size();
        if (const std::string after = ask.param("starting_after"); !after.empty()) {
            const Object* const last = shelf(ask.shelves, stream).find(after);
            end = last == nullptr ? 0 : static_cast<std::size_t>(last - all.data());
        }
        const std::size_t count = std::min(end, ask.number("limit", 10, 100));
        std::vector<Object> page(
            all.rend() - static_cast<std::ptrdiff_t>(end),
            all.rend() - static_cast<std::ptrdiff_t>(end - count)
        );
        json::Writer w;
        w.begin_object().member("object", "list").key("data").raw(listed(page));
        return w.member("has_more", count < end).end_object().take();
    }
    return std::nullopt;
}

}  // namespace touchline::sample
