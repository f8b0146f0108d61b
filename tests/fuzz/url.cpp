// The first line is a URL, the rest a reference against it.
#include "touchline/net/url.hpp"

#include "fuzz.hpp"

void touchline::fuzz::run(std::string_view input) {
    const auto [text, reference] = first_line(input);
    const auto url = net::parse_url(text);
    if (!url) return;
    const auto again = net::parse_url(url->text());
    TOUCHLINE_ASSERT(again && again->text() == url->text() && again->origin() == url->origin());
    if (const auto resolved = net::resolve(*url, reference))
        TOUCHLINE_ASSERT(net::parse_url(resolved->text()).has_value());
    if (const auto query = net::parse_query(reference))
        TOUCHLINE_ASSERT(*net::parse_query(net::build_query(*query)) == *query);
}
