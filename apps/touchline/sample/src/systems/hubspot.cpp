// Sales. HubSpot's CRM: objects are found by search, and what they belong to by a call of its own.
// https://developers.hubspot.com/docs/api-reference/
#include "vendors.hpp"

#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace touchline::sample {

namespace {

constexpr std::size_t k_most = 200;

const Shelf* kind_named(const Ask& ask, std::string_view name) {
    static constexpr std::array k_kinds{
        Stream::crm_contacts,
        Stream::crm_deals,
        Stream::crm_calls,
        Stream::crm_emails,
        Stream::crm_meetings,
        Stream::crm_notes};
    for (const Stream stream : k_kinds) {
        if (file_of(stream).name == name) return &shelf(ask.shelves, stream);
    }
    return nullptr;
}

/// What the connector's filters come to: from a time on, or of one time and after an id.
struct Filter {
    std::int64_t from = 0;
    bool is_exact = false;
    std::string after;
};

Filter filter_of(json::View wish) {
    Filter filter;
    const auto filters = json::find(wish, "/filterGroups/0/filters");
    if (!filters) return filter;
    for (const json::View one : filters->elements()) {
        const auto property = one.get("propertyName"), value = one.get("value");
        const auto text = value ? value->as_string() : std::nullopt;
        if (!property || !text) continue;
        if (property->as_string() == "hs_object_id") {
            filter.after = *text;
            continue;
        }
        std::int64_t time_ms = 0;
        std::from_chars(text->data(), text->data() + text->size(), time_ms);
        filter.from = time_ms / 1000;
        filter.is_exact = one.get("operator")->as_string() == "EQ";
    }
    return filter;
}

std::string search(const Shelf& objects, std::string_view body) {
    const auto wish = json::Document::parse(body);
    if (!wish) return R"({"total":0,"results":[]})";
    const Filter filter = filter_of(wish->root());
    std::size_t from = objects.place_of(filter.from);
    std::size_t end = objects.all().size();
    if (filter.is_exact) {
        end = objects.place_of(filter.from + 1);
        while (from < end && !is_smaller_id(filter.after, objects.all()[from].id)) ++from;
    }
    const auto page = objects.page(from, std::min(k_most, end - from));
    json::Writer w;
    w.begin_object().member("total", end - from).key("results").raw(listed(page));
    if (from + page.size() < end) {
        w.key("paging").begin_object().key("next").begin_object();
        w.member("after", std::to_string(page.size())).end_object().end_object();
    }
    return w.end_object().take();
}

/// The contact of each object that was asked for.
std::string associations(const Shelf& objects, std::string_view body) {
    json::Writer w;
    w.begin_object().member("status", "COMPLETE").key("results").begin_array();
    json::Parser parser;
    const auto wish = json::Document::parse(body);
    const auto inputs = wish ? wish->root().get("inputs") : std::nullopt;
    if (inputs) {
        for (const json::View input : inputs->elements()) {
            const auto id = input.get("id");
            const auto name = id ? id->as_string() : std::nullopt;
            const Object* const object = name ? objects.find(*name) : nullptr;
            if (object == nullptr) continue;
            const auto parsed = parser.parse(object->json);
            const auto contact = parsed ? parsed->get("contact") : std::nullopt;
            if (!contact) continue;
            w.begin_object().key("from").begin_object().member("id", *name).end_object();
            w.key("to").begin_array().begin_object();
            w.key("toObjectId").raw(*contact->as_string()).end_object().end_array().end_object();
        }
    }
    return w.end_array().end_object().take();
}

}  // namespace

Answered hubspot(const Ask& ask) {
    if (ask.is("GET", "/account-info/v3/details"))
        return R"({"portalId":4711,"accountType":"STANDARD"})";
    constexpr std::string_view k_objects = "/crm/v3/objects/", k_links = "/crm/v4/associations/";
    const bool is_links = ask.path.starts_with(k_links);
    if (!is_links && !ask.path.starts_with(k_objects)) return std::nullopt;
    const std::string rest = ask.path.substr(is_links ? k_links.size() : k_objects.size());
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string verb = rest.substr(slash);
    const Shelf* const objects = kind_named(ask, rest.substr(0, slash));
    if (objects == nullptr) return std::nullopt;
    if (is_links && verb == "/contacts/batch/read") return associations(*objects, ask.request.body);
    if (is_links) return R"({"status":"COMPLETE","results":[]})";  // deals know no companies here
    if (verb == "/search") return search(*objects, ask.request.body);
    if (verb.empty()) return R"({"results":[]})";  // nothing was archived
    return std::nullopt;
}

}  // namespace touchline::sample
