// HubSpot's calls carry up to a hundred events in any order, each with an object's id and little
// else: the objects are fetched.
#include "kinds.hpp"

#include <set>
#include <utility>

namespace hubspot {

namespace {

/// "contact.propertyChange" is about contacts.
const Kind* kind_of(const std::string& subscription) {
    const std::string what = subscription.substr(0, subscription.find('.'));
    if (what == "contact") return kind_named("contacts");
    if (what == "company") return kind_named("companies");
    if (what == "deal") return kind_named("deals");
    return nullptr;
}

Result<std::string> fetched(Job& job, const Kind& kind, const std::string& id) {
    std::string names;
    for (const auto property : kind.properties)
        names.append(names.empty() ? "" : ",").append(property);
    sdk::HttpRequest request("api", kind.path() + "/" + id);
    request.param("properties", names);
    auto answer = job.send(request);
    if (answer) {
        TL_TRY(const auto object, answer->pick(""));
        TL_TRY(const auto list, job.make_body("[" + object.text + "]"));
        return lines_of(job, kind, list, "");
    }
    if (answer.error().status != Status::not_found) return std::move(answer).error();
    std::string gone;
    sdk::JsonObject(gone).text("id", id).boolean("archived", true).end();
    return gone + "\n";
}

}  // namespace

Result<void> take_webhook(Job& job, const sdk::Webhook& webhook) {
    TL_TRY(const auto subscriptions, webhook.body.pick_each("", "/subscriptionType"));
    TL_TRY(const auto ids, webhook.body.pick_each("", "/objectId"));
    std::set<std::pair<const Kind*, std::string>> objects;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (const Kind* const kind = kind_of(subscriptions[i].as_text()))
            objects.emplace(kind, ids[i].as_text());
    }
    for (const auto& [kind, id] : objects) {
        TL_TRY(const auto lines, fetched(job, *kind, id));
        TL_CHECK(job.page_lines(kind->name, lines));
    }
    return {};
}

}  // namespace hubspot
