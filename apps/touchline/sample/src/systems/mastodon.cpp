// Marketing. Mastodon's lists, newest first; `min_id` gives the page right after an id.
// https://docs.joinmastodon.org/methods/
#include "vendors.hpp"

#include <algorithm>

namespace touchline::sample {

namespace {

std::string after_min_id(const Ask& ask, const Shelf& objects) {
    const auto all = objects.all();
    const std::string min_id = ask.param("min_id");
    const auto first = std::upper_bound(
        all.begin(),
        all.end(),
        min_id,
        [](const std::string& id, const Object& object) { return is_smaller_id(id, object.id); }
    );
    const auto from = static_cast<std::size_t>(first - all.begin());
    const auto page = objects.page(from, ask.number("limit", 20, 80));
    return listed(std::vector<Object>(page.rbegin(), page.rend()));
}

}  // namespace

Answered mastodon(const Ask& ask) {
    if (ask.is("GET", "/api/v1/accounts/verify_credentials"))
        return R"({"id":"1","acct":"halden","url":"https://social.example/@halden"})";
    if (ask.is("GET", "/api/v1/notifications"))
        return after_min_id(ask, shelf(ask.shelves, Stream::social_mentions));
    if (ask.is("GET", "/api/v1/accounts/1/statuses"))
        return after_min_id(ask, shelf(ask.shelves, Stream::social_posts));
    return std::nullopt;
}

}  // namespace touchline::sample
