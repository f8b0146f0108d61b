// Support, marketing and surveys.
#include "calendar.hpp"
#include "office.hpp"

#include "touchline/json/writer.hpp"

#include <optional>

namespace touchline::sample {

using namespace std::chrono;

std::string Office::ticket(
    const Person& person,
    Time opened,
    Time solved,
    const Trouble& trouble,
    std::string_view channel,
    std::string_view order
) {
    const std::string id = next_id(Stream::helpdesk_tickets, "4");
    const std::string_view agent = random_.pick(support_staff());
    add(Stream::helpdesk_tickets,
        person,
        opened,
        id,
        ticket_json(person, id, opened, std::nullopt, trouble, channel, order, agent));
    add(Stream::helpdesk_tickets,
        person,
        solved,
        id,
        ticket_json(person, id, opened, solved, trouble, channel, order, agent));
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
    std::string_view agent
) {
    json::Writer w;
    w.begin_object().member("id", id).member("subject", trouble.subject);
    w.member("status", solved ? "solved" : "open").member("channel", channel);
    w.key("requester").begin_object().member("id", person.helpdesk_id);
    w.member("email", person.second_email.empty() ? person.email : person.second_email);
    w.member("name", person.name());
    // The helpdesk learns the number of half of the people, always the star's.
    if (person.index % 2 == 0) w.member("phone", person.phone);
    w.end_object();
    w.member("group", trouble.team).member("assignee", std::string(agent) + "@halden.example");
    w.key("tags").begin_array().value(trouble.topic).end_array();
    w.member_unless_empty("order_number", order);
    w.member("created_at", iso(opened));
    if (solved) w.member("solved_at", iso(*solved));
    w.member("updated_at", iso(solved.value_or(opened))).end_object();
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
    const bool from_customer = author == "customer";
    const std::string id = next_id(Stream::helpdesk_messages, "m");
    json::Writer w;
    w.begin_object().member("id", id).member("ticket_id", ticket).member("public", is_public);
    w.key("author").begin_object().member("role", from_customer ? "requester" : "agent");
    w.member(
        "id",
        from_customer ? person.helpdesk_id
                      : std::string(random_.pick(support_staff())) + "@halden.example"
    );
    w.end_object();
    w.key("requester").begin_object().member("id", person.helpdesk_id).end_object();
    w.member("body", text).member("created_at", iso(when)).end_object();
    add(Stream::helpdesk_messages, person, when, id, w.take());
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
    const std::string id = next_id(Stream::phone_calls, "call-");
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
    const Person& person,
    Time when,
    std::string_view type,
    std::string_view text,
    int mood,
    bool from_us
) {
    if (person.handle.empty()) return;
    const std::string id = next_id(Stream::social_messages, "s");
    const bool has_email = person.index == 0 || person.index % 3 == 0;
    json::Writer w;
    w.begin_object().member("id", id).member(
        "network", person.index % 2 == 0 ? "bluesky" : "mastodon"
    );
    w.member("type", type).member("from_us", from_us);
    w.key("author")
        .begin_object()
        .member("handle", person.handle)
        .member("display_name", person.given);
    w.key("profile").begin_object();
    if (has_email) w.member("contact_email", person.email);
    w.end_object().end_object();
    w.member("text", text).key("sentiment").begin_object();
    w.member("score", mood / 10.0).member("model", "lexicon-2").end_object();
    w.member("thread", "t" + std::to_string(person.index) + "-" + month(when));
    w.member("posted_at", iso(when)).end_object();
    add(Stream::social_messages, person, when, id, w.take());
}

void Office::newsletter(
    const Person& person, Time when, std::string_view campaign, std::string_view event
) {
    const std::string id = next_id(Stream::newsletter_events, "n");
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
    const std::string id = next_id(Stream::survey_responses, "r_");
    const bool by_link = random_.chance(400);
    const std::string token = by_link ? "tok" + std::to_string(910000 + person.index) : "";
    // A personal link says who answers; where it was sent to is known for most.
    const std::string email = by_link && random_.chance(250) ? ""
                              : person.index == 0            ? person.email
                                                             : email_of(person);
    add(Stream::survey_responses,
        person,
        when,
        id,
        csv({id,
             type == "nps"    ? "relationship"
             : type == "csat" ? "after-ticket"
                              : "after-delivery",
             type,
             std::to_string(score),
             comment,
             token,
             email,
             order,
             ticket,
             department,
             iso(when)},
            ','));
}

}  // namespace touchline::sample
