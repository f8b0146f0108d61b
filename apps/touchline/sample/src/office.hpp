// The departments at work: each function writes down, in the shape that its system's API has, that
// something happened with a person. Keys, shapes and spellings differ from system to system, as
// they do in life.
#pragma once

#include "export.hpp"
#include "people.hpp"
#include "phrases.hpp"
#include "random.hpp"

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

    // Sales, in HubSpot: the CRM knows contacts by its own ids.
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

    // E-commerce, in Shopify: nested orders; guests have no id.
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

    // Billing, in Stripe: a customer is an account, which colleagues share.
    std::string invoice(const Person& person, const Order& order, Time issued, bool is_paid_late);

    // Support, in Zendesk: tickets with comments; and the call log that knows only numbers.
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

    // Marketing: Mastodon's handles, newsletter events; success: surveys in Typeform.
    void post(
        const Person& person,
        Time when,
        std::string_view type,
        std::string_view text,
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

    // The shops in town, whose tills are a WooCommerce: a loyalty card with an e-mail address or a
    // phone number, or none.
    void visit(
        const Person& person,
        Time when,
        std::string_view purpose,
        std::string_view note,
        std::int64_t cents
    );

private:
    using Properties = std::initializer_list<std::pair<std::string_view, std::string>>;

    struct Refund {
        std::string id, note;
        Time created;
        std::int64_t cents = 0;
    };
    struct OpenedDeal {
        std::string id;
        Time when;
    };
    /// What the shop knows of an order beside what was ordered.
    struct Sale {
        std::string email;
        std::vector<Refund> refunds;
    };

    void add(Stream stream, const Person& person, Time when, std::string id, std::string line);
    /// Counts from `first` on.
    std::string next_id(Stream stream, std::uint32_t first);
    /// The address that the person gives this time: at times the other one, mistyped, or the
    /// company's mailbox.
    std::string email_of(const Person& person);

    /// An object of the CRM that belongs to a contact; nobody, for a contact itself.
    void crm_object(
        Stream stream,
        const Person& person,
        const std::string& id,
        Time created,
        Time changed,
        std::string_view contact,
        Properties properties
    );
    void deal(
        const Person& person,
        std::string_view contact,
        Time when,
        const Deal& deal,
        std::string_view name
    );
    void shop_customer(const Person& person, Time when);
    std::string order_json(const Person& person, const Order& order, Time seen) const;
    void helpdesk_user(const Person& person, Time when);
    std::string ticket_json(
        const Person& person,
        const std::string& id,
        Time opened,
        std::optional<Time> solved,
        const Trouble& trouble,
        std::string_view channel,
        std::string_view order,
        std::int64_t agent
    ) const;
    void billing_customer(const Person& person, Time when);

    Export& out_;
    Random& random_;
    Time end_;
    std::uint32_t counters_[k_streams] = {};
    std::map<std::string, OpenedDeal, std::less<>> deals_;
    std::map<std::string, Sale, std::less<>> sales_;  ///< by the order's number
    std::map<std::uint32_t, std::string> threads_;    ///< a person's last post
};

/// "1249.00"
std::string decimal(std::int64_t cents);
/// Seconds since 1970.
std::int64_t unix_seconds(Time time);

}  // namespace touchline::sample
