// The departments at work: each function writes down, as that system would, that something happened
// with a person. Keys, shapes and spellings differ from system to system, as they do in life.
#pragma once

#include "export.hpp"
#include "people.hpp"
#include "phrases.hpp"
#include "random.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace touchline::sample {

struct Order {
    std::string number;
    const Product* product = nullptr;
    std::uint32_t quantity = 1;
    Time placed, delivered;
    std::int64_t cents() const { return std::int64_t{product->cents} * quantity; }
};

struct Deal {
    std::string_view id, stage;
    std::int64_t cents = 0;
};

class Office {
public:
    Office(Export& out, Random& random, Time end) : out_(out), random_(random), end_(end) {}

    Time end() const { return end_; }

    // Sales: the CRM knows contacts by its own ids.
    void contact(const Person& person, Time created);
    void activity(
        const Person& person,
        Time start,
        int minutes,
        std::string_view type,
        std::string_view direction,
        std::string_view subject,
        std::string_view notes,
        const Deal& deal = {}
    );

    // E-commerce: nested orders; guests have no id.
    Order order(
        const Person& person,
        Time placed,
        const Product& product,
        std::uint32_t quantity,
        int days_to_deliver
    );
    void refund(
        const Person& person,
        const Order& order,
        Time when,
        std::int64_t cents,
        std::string_view reason
    );

    // Billing: accounts, days without a time.
    std::string invoice(const Person& person, const Order& order, Time issued, bool is_paid_late);

    // Support: tickets with messages, and the call log that knows only numbers.
    std::string ticket(
        const Person& person,
        Time opened,
        Time solved,
        const Trouble& trouble,
        std::string_view channel,
        std::string_view order
    );
    void message(
        const Person& person,
        const std::string& ticket,
        Time when,
        std::string_view author,
        std::string_view text,
        bool is_public = true
    );
    void call(
        const Person& person,
        Time start,
        std::uint32_t seconds,
        std::string_view queue,
        std::string_view outcome,
        std::string_view ticket,
        bool is_outbound = false
    );

    // Marketing: handles, newsletter events; success: surveys.
    void post(
        const Person& person,
        Time when,
        std::string_view type,
        std::string_view text,
        int mood,
        bool from_us = false
    );
    void newsletter(
        const Person& person, Time when, std::string_view campaign, std::string_view event
    );
    void survey(
        const Person& person,
        Time when,
        std::string_view type,
        int score,
        std::string_view comment,
        std::string_view order,
        std::string_view ticket,
        std::string_view department
    );

    // The shops in town: a loyalty card with an e-mail address or a phone number, or none.
    void visit(
        const Person& person,
        Time when,
        std::string_view purpose,
        std::string_view note,
        std::int64_t cents
    );

private:
    void add(Stream stream, const Person& person, Time when, std::string id, std::string line);
    std::string next_id(Stream stream, std::string_view prefix);
    /// The address that the person gives this time: at times the other one, mistyped, or the
    /// company's mailbox.
    std::string email_of(const Person& person);
    std::string order_json(
        const Person& person, const Order& order, Time seen, const std::string& email
    );
    std::string ticket_json(
        const Person& person,
        const std::string& id,
        Time opened,
        std::optional<Time> solved,
        const Trouble& trouble,
        std::string_view channel,
        std::string_view order,
        std::string_view agent
    );

    Export& out_;
    Random& random_;
    Time end_;
    std::uint32_t counters_[Export::k_streams] = {};
};

/// "1249.00"
std::string decimal(std::int64_t cents);
/// "1.249,00", as the CRM has it.
std::string decimal_comma(std::int64_t cents);

}  // namespace touchline::sample
