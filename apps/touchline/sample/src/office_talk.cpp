// Support, marketing and surveys.
#include "calendar.hpp"
#include "office.hpp"

#include "touchline/json/writer.hpp"

#include <algorithm>
#include <optional>

namespace touchline::sample {

using namespace std::chrono;

namespace {

// Zendesk knows teams and agents by number; so does the demo's configuration.
std::int64_t group_id(std::string_view team) {
    return team == "Parcels" ? 71 : team == "Workshop" ? 72 : team == "Invoices" ? 73 : 74;
}

std::int64_t agent_id(std::string_view agent) {
    const auto staff = support_staff();
    return 901 + (std::find(staff.begin(), staff.end(), agent) - staff.begin());
}

}  // namespace

void Office::helpdesk_user(const Person& person, Time when) {
    json::Writer w;
    w.begin_object().key("id").raw(person.helpdesk_id).member("name", person.name());
    w.member("email", person.second_email.empty() ? person.email : person.second_email);
    // The helpdesk learns the number of half of the people, always the star's.
    w.key("phone");
    person.index % 2 == 0 ? w.value(person.phone) : w.null();
    w.member("role", "end-user").member("active", true);
    w.member("created_at", iso(when)).member("updated_at", iso(when)).end_object();
    add(Stream::helpdesk_users, person, when, person.helpdesk_id, w.take());
}

std::string Office::ticket(
    const Person& person,
    Time opened,
    Time solved,
    const Trouble& trouble,
    std::string_view channel,
    std::string_view order
) {
    const std::string id = next_id(Stream::helpdesk_tickets, 4100000);
    const std::int64_t agent = agent_id(random_.pick(support_staff()));
    const auto end = solved <= end_ ? std::optional(solved) : std::nullopt;
    helpdesk_user(person, opened);
    add(Stream::helpdesk_tickets,
        person,
        opened,
        id,
        ticket_json(person, id, opened, end, trouble, channel, order, agent));
    return id;
}

std::string Office::ticket_json(
    const Person& person,
    const std::string& id,
    Time opened,
    std::optional<Time> solved,
    const Trouble& trouble,
    std::string_view channel,
    std::string_view order,
    std::int64_t agent
) const {
    json::Writer w;
    w.begin_object().key("id").raw(id).member("subject", trouble.subject);
    w.member("status", solved ? "solved" : "open");
    w.key("requester_id").raw(person.helpdesk_id).key("submitter_id").raw(person.helpdesk_id);
    w.member("group_id", group_id(trouble.team)).member("assignee_id", agent);
    w.key("via").begin_object().member("channel", channel == "phone" ? "voice" : channel);
    w.end_object().key("tags").begin_array().value(trouble.topic).end_array();
    w.key("custom_fields").begin_array().begin_object().member("id", 360001).key("value");
    order.empty() ? w.null() : w.value(order);
    w.end_object().end_array();
    w.member("created_at", iso(opened)).member("updated_at", iso(solved.value_or(opened)));
    w.end_object();
    return w.take();
}

void Office::message(
    const Person& person,
    const std::string& ticket,
    Time when,
    std::string_view author,
    std::string_view text,
    bool is_public
) {
    const std::string id = next_id(Stream::helpdesk_comments, 6000000);
    const std::string writer = author == "customer"
                                   ? person.helpdesk_id
                                   : std::to_string(agent_id(random_.pick(support_staff())));
    // A comment is a part of what happened with its ticket.
    json::Writer w;
    w.begin_object().key("id").raw("9" + id).key("ticket_id").raw(ticket);
    w.member("timestamp", unix_seconds(when)).member("created_at", iso(when));
    w.key("updater_id").raw(writer).member("via", "Mail").member("event_type", "Audit");
    w.key("child_events").begin_array().begin_object().key("id").raw(id);
    w.member("type", "Comment").member("event_type", "Comment").key("author_id").raw(writer);
    w.member("body", text).member("plain_body", text).member("public", is_public);
    w.key("via").begin_object().member("channel", "email").end_object();
    w.member("created_at", iso(when)).end_object().end_array().end_object();
    add(Stream::helpdesk_comments, person, when, id, w.take());
}

void Office::call(
    const Person& person,
    Time start,
    std::uint32_t length,
    std::string_view queue,
    std::string_view outcome,
    std::string_view ticket,
    bool is_outbound
) {
    const std::string id = "call-" + next_id(Stream::phone_calls, 100000);
    const bool is_hidden = person.index > 0 && random_.chance(30);
    const std::string number = random_.chance(500) ? person.phone : as_written(person.phone);
    const bool is_answered = outcome == "answered";
    add(Stream::phone_calls,
        person,
        start,
        id,
        csv({id,
             is_outbound ? "out" : "in",
             is_hidden ? "anonymous" : number,
             queue,
             is_answered ? random_.pick(support_staff()) : std::string_view(),
             outcome,
             pbx_time(start),
             pbx_time(start + seconds(length)),
             std::to_string(length),
             ticket},
            ','));
}

void Office::post(
    const Person& person, Time when, std::string_view type, std::string_view text, bool from_us
) {
    if (person.handle.empty()) return;
    // Mastodon's ids hold their time.
    const auto place = [&](Stream stream) {
        const auto count = static_cast<std::int64_t>(std::stol(next_id(stream, 0)));
        return std::to_string((unix_seconds(when) * 1000 << 16) + count % 65536);
    };
    const std::string account = std::to_string(10000 + person.index);
    const std::string name = person.handle.substr(1);
    const std::string page = "https://social.example/@" + name;
    const std::string id = place(Stream::social_posts);
    std::string& last = threads_[person.index];
    json::Writer status;
    status.begin_object().member("id", id).member("created_at", iso(when)).key("in_reply_to_id");
    last.empty() || type == "mention" ? status.null() : status.value(last);
    status.member("content", "<p>" + std::string(text) + "</p>");
    status.member("visibility", type == "direct" ? "direct" : "public");
    status.member(
        "url", (from_us ? std::string("https://social.example/@halden") : page) + "/" + id
    );
    status.key("mentions").begin_array();
    if (from_us) {
        status.begin_object().member("id", account).member("acct", name).member("url", page);
        status.end_object();
    }
    status.end_array().end_object();
    last = id;
    if (from_us) return add(Stream::social_posts, person, when, id, status.take());

    const std::string notification = place(Stream::social_mentions);
    json::Writer w;
    w.begin_object().member("id", notification).member("type", "mention");
    w.member("created_at", iso(when)).key("account").begin_object().member("id", account);
    w.member("acct", name).member("url", page).member("display_name", person.given);
    w.key("fields").begin_array();
    if (person.index % 3 == 0) {
        w.begin_object().member("name", "E-mail").member("value", person.email).end_object();
    }
    w.end_array().end_object().key("status").raw(status.text()).end_object();
    add(Stream::social_mentions, person, when, notification, w.take());
}

void Office::newsletter(
    const Person& person, Time when, std::string_view campaign, std::string_view event
) {
    const std::string id = "n" + next_id(Stream::newsletter_events, 100000);
    json::Writer w;
    w.begin_object().member("event_id", id).member("event", event);
    w.member("campaign", std::string(campaign) + " " + month(when)).member("email", person.email);
    if (event == "clicked")
        w.member("url", "https://shop.halden.example/" + std::string(random_.pick(products()).sku));
    w.member("timestamp", duration_cast<milliseconds>(when.time_since_epoch()).count())
        .end_object();
    add(Stream::newsletter_events, person, when, id, w.take());
}

void Office::survey(
    const Person& person,
    Time when,
    std::string_view type,
    int score,
    std::string_view comment,
    std::string_view order,
    std::string_view ticket,
    std::string_view department
) {
    const std::string id = "r" + next_id(Stream::survey_responses, 100000);
    const bool by_link = random_.chance(400);
    const std::string token = by_link ? "tok" + std::to_string(910000 + person.index) : "";
    // A personal link says who answers; where it was sent to is known for most.
    const std::string email = by_link && random_.chance(250) ? ""
                              : person.index == 0            ? person.email
                                                             : email_of(person);
    json::Writer w;
    w.begin_object().member("token", id).member("response_id", id);
    w.member("landed_at", iso(when - minutes(2))).member("submitted_at", iso(when));
    w.key("hidden").begin_object().member("type", type).member("department", department);
    w.member_unless_empty("token", token).member_unless_empty("email", email);
    w.member_unless_empty("order", order).member_unless_empty("ticket", ticket).end_object();
    w.key("answers").begin_array().begin_object().member("type", "number").member("number", score);
    w.key("field").begin_object().member("id", "score").member("type", "opinion_scale");
    w.end_object().end_object();
    if (!comment.empty()) {
        w.begin_object().member("type", "text").member("text", comment).key("field");
        w.begin_object().member("id", "why").member("type", "long_text").end_object().end_object();
    }
    w.end_array().end_object();
    add(Stream::survey_responses, person, when, id, w.take());
}

}  // namespace touchline::sample
