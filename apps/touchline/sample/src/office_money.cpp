// E-commerce and billing.
#include "calendar.hpp"
#include "office.hpp"

#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::sample {

using namespace std::chrono;

Order Office::order(
    const Person& person,
    Time placed,
    const Product& product,
    std::uint32_t quantity,
    int days_to_deliver
) {
    Order order;
    order.number =
        "H" + std::to_string(50000 + ++counters_[static_cast<std::size_t>(Stream::shop_orders)]);
    order.product = &product;
    order.quantity = quantity;
    order.placed = placed;
    order.delivered =
        at_office(placed + days(days_to_deliver), 600 + static_cast<int>(random_.below(400)));
    const std::string email = email_of(person);
    // The shop exports an order when it is placed and again when it has changed.
    add(Stream::shop_orders, person, placed, order.number, order_json(person, order, placed, email)
    );
    const Time last = std::min(order.delivered, end_);
    add(Stream::shop_orders, person, last, order.number, order_json(person, order, last, email));
    return order;
}

std::string Office::order_json(
    const Person& person, const Order& order, Time seen, const std::string& email
) {
    const Time paid = order.placed + minutes(3);
    const Time shipped = order.delivered - hours(30);
    const bool is_shipped = seen >= shipped;
    const bool is_delivered = seen >= order.delivered;
    json::Writer w;
    w.begin_object().member("number", order.number);
    w.member("status", is_delivered ? "delivered" : is_shipped ? "shipped" : "open");
    w.key("customer").begin_object();
    w.member_unless_empty("id", person.shop_id).member("email", email);
    w.member("name", person.name()).member("guest", person.shop_id.empty()).end_object();
    w.key("lines").begin_array().begin_object();
    w.member("sku", order.product->sku).member("title", order.product->name);
    w.member("quantity", order.quantity).member("price", decimal(order.product->cents));
    w.end_object().end_array();
    w.key("total")
        .begin_object()
        .member("amount", decimal(order.cents()))
        .member("currency", "EUR")
        .end_object();
    w.key("shipping")
        .begin_object()
        .member("city", person.city)
        .member("country", person.country->code)
        .end_object();
    w.member("placed_at", iso(order.placed));
    if (seen >= paid) w.member("paid_at", iso(paid));
    w.key("fulfilments").begin_array();
    if (is_shipped) {
        w.begin_object().member("id", order.number + "-1").member("carrier", "Parcel North");
        w.member("shipped_at", iso(shipped));
        if (is_delivered) w.member("delivered_at", iso(order.delivered));
        w.end_object();
    }
    w.end_array();
    w.member("updated_at", iso(seen)).end_object();
    return w.take();
}

void Office::refund(
    const Person& person, const Order& order, Time when, std::int64_t cents, std::string_view reason
) {
    const std::string id = next_id(Stream::shop_refunds, "R");
    json::Writer w;
    w.begin_object().member("id", id).member("order_number", order.number);
    w.key("customer")
        .begin_object()
        .member_unless_empty("id", person.shop_id)
        .member("email", person.email)
        .end_object();
    w.member("cents", cents).member("currency", "EUR").member("reason", reason);
    w.member("created_at", duration_cast<seconds>(when.time_since_epoch()).count()).end_object();
    add(Stream::shop_refunds, person, when, id, w.take());
}

std::string Office::invoice(
    const Person& person, const Order& order, Time issued, bool is_paid_late
) {
    const std::string number = next_id(Stream::billing_invoices, "INV-");
    const Time due = issued + days(30);
    const Time paid =
        is_paid_late ? due + days(random_.between(9, 35)) : issued + days(random_.between(2, 28));
    const std::string email = email_of(person);
    const auto row = [&](std::string_view status, Time when) {
        add(Stream::billing_invoices,
            person,
            when,
            number,
            csv({number,
                 person.account,
                 person.company,
                 email,
                 order.number,
                 decimal(order.cents() * 100 / 121),
                 decimal(order.cents()),
                 "EUR",
                 day(issued),
                 day(due),
                 status,
                 day(when)},
                ','));
    };
    const auto entry = [&](std::string_view type,
                           Time when,
                           std::int64_t cents,
                           std::string_view note) {
        const std::string id = next_id(Stream::billing_payments, "E");
        add(Stream::billing_payments,
            person,
            when,
            id,
            csv({id, person.account, email, number, type, decimal(cents), "EUR", day(when), note},
                ','));
    };
    row("open", issued);
    if (is_paid_late) {
        row("overdue", due + days(1));
        entry("reminder", due + days(7), order.cents(), "First reminder");
    }
    if (is_paid_late && random_.chance(300))
        entry("failed", paid - days(1), order.cents(), "Direct debit returned");
    entry("payment", paid, order.cents(), "Bank transfer");
    row("paid", paid);
    return number;
}

}  // namespace touchline::sample
