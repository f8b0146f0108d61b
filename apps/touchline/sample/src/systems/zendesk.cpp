// Support. Zendesk's incremental exports, by cursor and by time, and what they name by number.
// https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/
#include "vendors.hpp"

#include "touchline/json/writer.hpp"

#include <charconv>

namespace touchline::sample {

namespace {

constexpr std::size_t k_most = 1000;

std::string by_cursor(const Ask& ask, const Shelf& objects, std::string_view name) {
    const std::string cursor = ask.param("cursor");
    const std::size_t from =
        cursor.empty()
            ? objects.place_of(static_cast<std::int64_t>(ask.number("start_time", 0, SIZE_MAX)))
            : ask.number("cursor", 0, SIZE_MAX);
    const auto page = objects.page(from, k_most);
    const std::size_t end = from + page.size();
    json::Writer w;
    w.begin_object().key(name).raw(listed(page)).member("after_cursor", std::to_string(end));
    w.member("end_of_stream", end == objects.all().size()).end_object();
    return w.take();
}

/// All of one second come in one page, however many they are.
std::string by_time(const Ask& ask, const Shelf& events) {
    const auto start = static_cast<std::int64_t>(ask.number("start_time", 0, SIZE_MAX));
    const std::size_t from = events.place_of(start);
    auto page = events.page(from, k_most);
    if (!page.empty()) page = events.page(from, events.place_of(page.back().time + 1) - from);
    json::Writer w;
    w.begin_object().key("ticket_events").raw(listed(page)).member("count", page.size());
    w.key("end_time");
    page.empty() ? w.null() : w.value(page.back().time);
    w.member("end_of_stream", from + page.size() == events.all().size()).end_object();
    return w.take();
}

std::string many(const Ask& ask, const Shelf& objects, std::string_view name) {
    const std::string ids = ask.param("ids");
    std::vector<Object> found;
    for (std::size_t from = 0; from < ids.size();) {
        const std::size_t end = std::min(ids.find(',', from), ids.size());
        if (const Object* const one = objects.find(std::string_view(ids).substr(from, end - from)))
            found.push_back(*one);
        from = end + 1;
    }
    json::Writer w;
    return w.begin_object().key(name).raw(listed(found)).end_object().take();
}

}  // namespace

Answered zendesk(const Ask& ask) {
    if (ask.request.method != "GET") return std::nullopt;
    const Shelf& tickets = shelf(ask.shelves, Stream::helpdesk_tickets);
    const Shelf& users = shelf(ask.shelves, Stream::helpdesk_users);
    const std::string at = ask.path.starts_with("/api/v2/") ? ask.path.substr(8) : "";
    if (at == "users/me.json") return R"({"user":{"id":900,"name":"Halden","role":"admin"}})";
    if (at == "incremental/tickets/cursor.json") return by_cursor(ask, tickets, "tickets");
    if (at == "incremental/users/cursor.json") return by_cursor(ask, users, "users");
    if (at == "incremental/ticket_events.json")
        return by_time(ask, shelf(ask.shelves, Stream::helpdesk_comments));
    if (at == "tickets/show_many.json") return many(ask, tickets, "tickets");
    if (at == "users/show_many.json") return many(ask, users, "users");
    return std::nullopt;
}

}  // namespace touchline::sample
