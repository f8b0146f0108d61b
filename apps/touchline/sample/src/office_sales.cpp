// Sales: contacts, and what was said with them, as objects of HubSpot.
#include "calendar.hpp"
#include "office.hpp"

#include "touchline/json/writer.hpp"

namespace touchline::sample {

using namespace std::chrono;

void Office::crm_object(
    Stream stream,
    const Person& person,
    const std::string& id,
    Time created,
    Time changed,
    std::string_view contact,
    Properties properties
) {
    const bool is_contact = stream == Stream::crm_contacts;
    json::Writer w;
    w.begin_object().member("id", id).member("createdAt", iso(created));
    w.member("updatedAt", iso(changed)).member("archived", false);
    w.key("properties").begin_object().member("hs_object_id", id);
    w.member("createdate", iso(created));
    w.member(is_contact ? "lastmodifieddate" : "hs_lastmodifieddate", iso(changed));
    for (const auto& [name, value] : properties) {
        w.key(name);
        value.empty() ? w.null() : w.value(value);
    }
    w.end_object();
    if (!contact.empty()) w.member("contact", contact);
    w.end_object();
    add(stream, person, changed, id, w.take());
}

void Office::contact(const Person& person, Time created) {
    const std::string owner(random_.pick(sales_staff()));
    const auto write = [&](const std::string& id,
                           const std::string& given,
                           const std::string& email,
                           const std::string& phone,
                           Time when) {
        crm_object(
            Stream::crm_contacts,
            person,
            id,
            created,
            when,
            "",
            {{"firstname", given},
             {"lastname", person.family},
             {"email", email},
             {"hs_additional_emails", id == person.crm_id ? person.second_email : ""},
             {"phone", phone},
             {"company", person.company},
             {"city", person.city},
             {"country", std::string(person.country->code)},
             {"lifecyclestage", "customer"},
             {"hubspot_owner_id", owner}}
        );
    };
    const bool has_placeholder = person.index > 0 && random_.chance(20);
    const bool is_mended = random_.chance(80);
    write(
        person.crm_id,
        person.given,
        person.email,
        has_placeholder && !is_mended ? "0000000" : as_written(person.phone),
        is_mended ? created + days(random_.between(5, 60)) : created
    );
    if (person.crm_duplicate_id.empty()) return;
    // Typed in again by somebody who did not search first: with an initial, or under the other
    // address.
    const bool is_short = random_.chance(500);
    write(
        person.crm_duplicate_id,
        is_short ? person.given.substr(0, 1) + "." : person.given,
        is_short ? person.email : email_of(person),
        as_written(person.phone),
        created + days(random_.between(20, 90))
    );
}

void Office::activity(
    const Person& person,
    Time start,
    int minutes_long,
    std::string_view type,
    std::string_view direction,
    std::string_view subject,
    std::string_view notes,
    const Deal& about
) {
    if (person.crm_id.empty()) return;
    const bool on_duplicate = !person.crm_duplicate_id.empty() && random_.chance(300);
    const std::string& contact = on_duplicate ? person.crm_duplicate_id : person.crm_id;
    if (type == "deal") return deal(person, contact, start, about, subject);

    const std::string owner(random_.pick(sales_staff())), title(subject), text(notes);
    const Time stop = start + minutes(minutes_long);
    const auto log = [&](Stream stream, Properties properties) {
        crm_object(stream, person, next_id(stream, 5000000), start, stop, contact, properties);
    };
    const bool is_inbound = direction == "in";
    if (type == "call") {
        log(Stream::crm_calls,
            {{"hs_timestamp", iso(start)},
             {"hs_call_title", title},
             {"hs_call_body", text},
             {"hs_call_direction", is_inbound ? "INBOUND" : "OUTBOUND"},
             {"hs_call_status", "COMPLETED"},
             {"hubspot_owner_id", owner}});
    } else if (type == "meeting") {
        log(Stream::crm_meetings,
            {{"hs_timestamp", iso(start)},
             {"hs_meeting_title", title},
             {"hs_meeting_body", text},
             {"hs_meeting_outcome", "COMPLETED"},
             {"hs_meeting_end_time", iso(stop)},
             {"hubspot_owner_id", owner}});
    } else if (type == "email") {
        log(Stream::crm_emails,
            {{"hs_timestamp", iso(start)},
             {"hs_email_subject", title},
             {"hs_email_text", text},
             {"hs_email_direction", is_inbound ? "INCOMING_EMAIL" : "EMAIL"},
             {"hubspot_owner_id", owner}});
    } else {
        log(Stream::crm_notes,
            {{"hs_timestamp", iso(start)},
             {"hs_note_body", title + ": " + text},
             {"hubspot_owner_id", owner}});
    }
}

void Office::deal(
    const Person& person,
    std::string_view contact,
    Time when,
    const Deal& deal,
    std::string_view name
) {
    OpenedDeal& opened = deals_[std::string(deal.id)];
    if (opened.id.empty()) opened = {next_id(Stream::crm_deals, 9000000), when};
    const bool is_won = deal.stage == "won", is_lost = deal.stage == "lost";
    crm_object(
        Stream::crm_deals,
        person,
        opened.id,
        opened.when,
        when,
        contact,
        {{"dealname", std::string(name)},
         {"dealstage",
          is_won    ? "closedwon"
          : is_lost ? "closedlost"
                    : "qualifiedtobuy"},
         {"amount", decimal(deal.cents)},
         {"deal_currency_code", "EUR"},
         {"closedate", is_won || is_lost ? iso(when) : ""},
         {"hs_is_closed_won", is_won ? "true" : "false"},
         {"hs_is_closed_lost", is_lost ? "true" : "false"},
         {"hubspot_owner_id", std::string(random_.pick(sales_staff()))}}
    );
}

}  // namespace touchline::sample
