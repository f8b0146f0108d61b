// What all departments share, and the shops in town.
#include "office.hpp"

#include "calendar.hpp"

#include "touchline/json/writer.hpp"

namespace touchline::sample {

using namespace std::chrono;

std::string decimal(std::int64_t cents) {
    const bool is_negative = cents < 0;
    if (is_negative) cents = -cents;
    const std::string fraction = std::to_string(cents % 100);
    return (is_negative ? "-" : "") + std::to_string(cents / 100) + "." +
           (fraction.size() < 2 ? "0" : "") + fraction;
}

std::int64_t unix_seconds(Time time) {
    return duration_cast<seconds>(time.time_since_epoch()).count();
}

void Office::add(Stream stream, const Person& person, Time when, std::string id, std::string line) {
    if (when > end_) return;
    // One in fifty arrives late; one in two hundred was exported twice, where there are files.
    const bool is_late = random_.chance(20);
    if (random_.chance(5)) out_.add(stream, {when, id, person.key(), line, is_late});
    out_.add(stream, {when, std::move(id), person.key(), std::move(line), is_late});
}

std::string Office::next_id(Stream stream, std::uint32_t first) {
    return std::to_string(first + ++counters_[static_cast<std::size_t>(stream)]);
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

void Office::visit(
    const Person& person,
    Time when,
    std::string_view purpose,
    std::string_view note,
    std::int64_t cents
) {
    const std::string id = next_id(Stream::store_orders, 800000);
    const bool by_card = person.index == 0 || random_.chance(600);
    const bool by_phone = !by_card && random_.chance(700);
    const std::string time = iso(when).substr(0, 19);
    json::Writer w;
    w.begin_object().key("id").raw(id);
    w.member("number", id).member("status", "completed").member("currency", "EUR");
    w.member("total", decimal(cents)).member("created_via", "pos").member("customer_id", 0);
    w.member("date_created_gmt", time).member("date_modified_gmt", time);
    w.key("date_paid_gmt");
    cents > 0 ? w.value(time) : w.null();
    w.key("billing").begin_object();
    w.member("first_name", by_card || by_phone ? person.given : "").member("last_name", "");
    w.member("email", by_card ? email_of(person) : "");
    w.member("phone", by_phone ? as_written(person.phone) : "").end_object();
    w.member("customer_note", note);
    w.key("line_items").begin_array().begin_object();
    w.member("name", purpose).member("quantity", 1).member("total", decimal(cents));
    w.end_object().end_array().key("refunds").begin_array().end_array();
    w.key("meta_data").begin_array();
    w.begin_object().member("key", "_store").member("value", random_.pick(stores())).end_object();
    w.begin_object().member("key", "_employee");
    w.member("value", random_.pick(store_staff())).end_object();
    w.end_array().end_object();
    add(Stream::store_orders, person, when, id, w.take());
}

}  // namespace touchline::sample
