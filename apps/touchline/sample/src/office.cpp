#include "office.hpp"

#include "calendar.hpp"

namespace touchline::sample {

using namespace std::chrono;

std::string decimal(std::int64_t cents) {
    const bool is_negative = cents < 0;
    if (is_negative) cents = -cents;
    const std::string fraction = std::to_string(cents % 100);
    return (is_negative ? "-" : "") + std::to_string(cents / 100) + "." +
           (fraction.size() < 2 ? "0" : "") + fraction;
}

std::string decimal_comma(std::int64_t cents) {
    std::string text = decimal(cents);
    const auto point = text.find('.');
    text[point] = ',';
    if (point > 3) text.insert(point - 3, ".");
    return text;
}

void Office::add(Stream stream, const Person& person, Time when, std::string id, std::string line) {
    if (when > end_) return;
    // One in fifty arrives late; one in two hundred was exported twice.
    const bool is_late = random_.chance(20);
    if (random_.chance(5)) out_.add(stream, {when, id, person.key(), line, is_late});
    out_.add(stream, {when, std::move(id), person.key(), std::move(line), is_late});
}

std::string Office::next_id(Stream stream, std::string_view prefix) {
    return std::string(prefix) +
           std::to_string(100000 + ++counters_[static_cast<std::size_t>(stream)]);
}

std::string Office::email_of(const Person& person) {
    if (!person.second_email.empty() && random_.chance(400)) return person.second_email;
    if (!person.company.empty() && random_.chance(60)) return "info@" + person.company_domain;
    std::string email = person.email;
    if (random_.chance(15))
        email = "unknown@example.org";
    else if (random_.chance(10))
        std::swap(email[1], email[2]);
    else if (random_.chance(60))
        email[0] = static_cast<char>(email[0] - 'a' + 'A');
    return email;
}

void Office::contact(const Person& person, Time created) {
    const std::string_view owner = random_.pick(sales_staff());
    const auto write = [&](const std::string& id,
                           const std::string& given,
                           const std::string& email,
                           const std::string& phone,
                           Time when) {
        add(Stream::crm_contacts,
            person,
            when,
            id,
            csv({id,
                 given,
                 person.family,
                 email,
                 id == person.crm_id ? person.second_email : "",
                 phone,
                 person.company,
                 person.city,
                 person.country->code,
                 owner,
                 crm_time(created),
                 crm_time(when)},
                ';'));
    };
    const bool has_placeholder = person.index > 0 && random_.chance(20);
    write(
        person.crm_id,
        person.given,
        person.email,
        has_placeholder ? "0000000" : as_written(person.phone),
        created
    );
    if (random_.chance(80)) {
        write(
            person.crm_id,
            person.given,
            person.email,
            as_written(person.phone),
            created + days(random_.between(5, 60))
        );
    }
    if (!person.crm_duplicate_id.empty()) {
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
}

void Office::activity(
    const Person& person,
    Time start,
    int minutes_long,
    std::string_view type,
    std::string_view direction,
    std::string_view subject,
    std::string_view notes,
    const Deal& deal
) {
    if (person.crm_id.empty()) return;
    const bool on_duplicate = !person.crm_duplicate_id.empty() && random_.chance(300);
    const std::string id = next_id(Stream::crm_activities, "A-");
    const Time stop = start + minutes(minutes_long);
    const std::string notes_end = minutes_long > 0 ? crm_time(stop) : "";
    add(Stream::crm_activities,
        person,
        stop,
        id,
        csv({id,
             on_duplicate ? person.crm_duplicate_id : person.crm_id,
             type,
             direction,
             subject,
             notes,
             random_.pick(sales_staff()),
             crm_time(start),
             notes_end,
             deal.id,
             deal.stage,
             deal.cents > 0 ? decimal_comma(deal.cents) : "",
             deal.cents > 0 ? "EUR" : "",
             crm_time(stop)},
            ';'));
}

void Office::visit(
    const Person& person,
    Time when,
    std::string_view purpose,
    std::string_view note,
    std::int64_t cents
) {
    const std::string id = next_id(Stream::store_visits, "V");
    const bool by_card = person.index == 0 || random_.chance(600);
    const bool by_phone = !by_card && random_.chance(700);
    add(Stream::store_visits,
        person,
        when,
        id,
        csv({id,
             random_.pick(stores()),
             by_card ? email_of(person) : "",
             by_phone ? as_written(person.phone) : "",
             purpose,
             random_.pick(store_staff()),
             note,
             cents > 0 ? decimal(cents) : "",
             cents > 0 ? "EUR" : "",
             pbx_time(when)},
            ','));
}

}  // namespace touchline::sample
