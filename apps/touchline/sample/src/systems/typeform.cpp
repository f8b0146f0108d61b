// Customer success. The responses of one form, from a time on.
// https://www.typeform.com/developers/responses/
#include "vendors.hpp"

#include "touchline/base/time.hpp"
#include "touchline/json/writer.hpp"

namespace touchline::sample {

Answered typeform(const Ask& ask) {
    if (ask.is("GET", "/forms/halden")) return R"({"id":"halden","title":"How was it?"})";
    if (!ask.is("GET", "/forms/halden/responses")) return std::nullopt;
    const Shelf& responses = shelf(ask.shelves, Stream::survey_responses);
    const auto since = parse_rfc3339(ask.param("since"));
    const std::size_t from =
        since ? responses.place_of(
                    std::chrono::floor<std::chrono::seconds>(*since).time_since_epoch().count()
                )
              : 0;
    const auto page = responses.page(from, ask.number("page_size", 25, 1000));
    json::Writer w;
    w.begin_object().member("total_items", responses.all().size() - from);
    return w.key("items").raw(listed(page)).end_object().take();
}

}  // namespace touchline::sample
