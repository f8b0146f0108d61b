// E-commerce, as objects of Shopify; billing, as objects of Stripe.
#include "calendar.hpp"
#include "office.hpp"

#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::sample {

using namespace std::chrono;

namespace {

std::string shop_id(std::string_view type, std::string_view number) {
    return "gid://shopify/" + std::string(type) + "/" + std::string(number);
}

void write_money(json::Writer& w, std::string_view name, std::int64_t cents) {
    w.key(name).begin_object().key("shopMoney").begin_object();
    w.member("amount", decimal(cents)).member("currencyCode", "EUR").end_object().end_object();
}

}  // namespace

void Office::shop_customer(const Person& person, Time when) {
    if (person.shop_id.empty()) return;
    const std::string id = shop_id("Customer", person.shop_id);
    json::Writer w;
    w.begin_object().member("id", id).member("displayName", person.name());
    w.member("firstName", person.given).member("lastName", person.family);
    w.member("createdAt", iso(when)).member("updatedAt", iso(when));
    w.member("locale", "en").member("state", "ENABLED");
    w.key("defaultEmailAddress").begin_object().member("emailAddress", person.email);
    w.member("marketingState", "SUBSCRIBED").end_object();
    w.key("defaultPhoneNumber").null().end_object();
    add(Stream::shop_customers, person, when, id, w.take());
}

Order Office::order(
    const Person& person,
    Time placed,
    const Product& product,
    std::uint32_t quantity,
    int days_to_deliver
) {
    Order order;
    order.number = "H" + next_id(Stream::shop_orders, 50000);
    order.product = &product;
    order.quantity = quantity;
    order.placed = placed;
    order.delivered =
        at_office(placed + days(days_to_deliver), 600 + static_cast<int>(random_.below(400)));
    sales_[order.number] = {email_of(person), {}};
    shop_customer(person, placed);
    const Time last = std::max(placed, std::min(order.delivered, end_));
    add(Stream::shop_orders,
        person,
        last,
        shop_id("Order", order.number.substr(1)),
        order_json(person, order, last));
    return order;
}

std::string Office::order_json(const Person& person, const Order& order, Time seen) const {
    const Sale& sale = sales_.at(order.number);
    const std::string number = order.number.substr(1);
    const Time shipped = order.delivered - hours(30);
    const bool is_shipped = seen >= shipped, is_delivered = seen >= order.delivered;
    json::Writer w;
    w.begin_object().member("id", shop_id("Order", number)).member("name", order.number);
    w.member("createdAt", iso(order.placed)).member("updatedAt", iso(seen));
    w.member("processedAt", iso(order.placed)).key("cancelledAt").null();
    w.key("cancelReason").null();
    w.member("displayFinancialStatus", sale.refunds.empty() ? "PAID" : "PARTIALLY_REFUNDED");
    w.member("displayFulfillmentStatus", is_shipped ? "FULFILLED" : "UNFULFILLED");
    w.member("sourceName", "web").member("test", false).member("email", sale.email);
    w.key("phone").null();
    write_money(w, "totalPriceSet", order.cents());
    w.key("customer");
    if (person.shop_id.empty())
        w.null();
    else
        w.begin_object().member("id", shop_id("Customer", person.shop_id)).end_object();
    w.key("lineItems").begin_object().key("nodes").begin_array().begin_object();
    w.member("title", order.product->name).member("quantity", order.quantity);
    w.member("sku", order.product->sku).end_object().end_array().end_object();
    w.key("fulfillments").begin_array();
    if (is_shipped) {
        w.begin_object().member("id", shop_id("Fulfillment", number));
        w.member("createdAt", iso(shipped)).key("deliveredAt");
        is_delivered ? w.value(iso(order.delivered)) : w.null();
        w.member("status", "SUCCESS").key("trackingInfo").begin_array().begin_object();
        w.member("company", "Parcel North").member("number", "PN" + number).key("url").null();
        w.end_object().end_array().end_object();
    }
    w.end_array().key("refunds").begin_array();
    for (const Refund& refund : sale.refunds) {
        w.begin_object().member("id", shop_id("Refund", refund.id));
        w.member("createdAt", iso(refund.created)).member("note", refund.note);
        write_money(w, "totalRefundedSet", refund.cents);
        w.end_object();
    }
    w.end_array().end_object();
    return w.take();
}

void Office::refund(
    const Person& person, const Order& order, Time when, std::int64_t cents, std::string_view reason
) {
    if (when > end_) return;
    auto& refunds = sales_.at(order.number).refunds;
    const std::string id = order.number.substr(1) + std::to_string(refunds.size() + 1);
    refunds.push_back({id, std::string(reason), when, cents});
    const Time last = std::max(when, std::min(order.delivered, end_));
    add(Stream::shop_orders,
        person,
        last,
        shop_id("Order", order.number.substr(1)),
        order_json(person, order, last));
}

void Office::billing_customer(const Person& person, Time when) {
    json::Writer w;
    w.begin_object().member("id", person.account).member("object", "customer");
    w.member("created", unix_seconds(when));
    // Companies' accounts belong to nobody in particular.
    w.key("email");
    person.company.empty() ? w.value(person.email) : w.null();
    w.member("name", person.company.empty() ? person.name() : person.company);
    w.key("phone").null().end_object();
    add(Stream::billing_customers, person, when, person.account, w.take());
}

std::string Office::invoice(
    const Person& person, const Order& order, Time issued, bool is_paid_late
) {
    const std::string number = "INV-" + next_id(Stream::billing_invoices, 100000);
    const std::string id = "in_" + number.substr(4), email = email_of(person);
    const Time due = issued + days(30);
    const Time paid =
        is_paid_late ? due + days(random_.between(9, 35)) : issued + days(random_.between(2, 28));
    const bool was_reminded = is_paid_late && due + days(7) <= end_;
    billing_customer(person, issued);

    json::Writer w;
    w.begin_object().member("id", id).member("object", "invoice").member("number", number);
    w.member("customer", person.account).member("customer_email", email);
    w.member("customer_name", person.company.empty() ? person.name() : person.company);
    w.member("created", unix_seconds(issued)).member("due_date", unix_seconds(due));
    w.member("currency", "eur").member("total", order.cents());
    w.member("status", paid <= end_ ? "paid" : "open");
    w.key("status_transitions").begin_object().member("finalized_at", unix_seconds(issued));
    w.key("paid_at");
    paid <= end_ ? w.value(unix_seconds(paid)) : w.null();
    w.end_object().key("metadata").begin_object().member("order", order.number);
    if (was_reminded) w.member("reminded_at", std::to_string(unix_seconds(due + days(7))));
    w.end_object().end_object();
    add(Stream::billing_invoices, person, issued, id, w.take());

    const auto charge = [&](bool has_succeeded, Time when) {
        const std::string charge_id = "ch_" + next_id(Stream::billing_charges, 700000);
        json::Writer c;
        c.begin_object().member("id", charge_id).member("object", "charge");
        c.member("amount", order.cents()).member("currency", "eur");
        c.member("created", unix_seconds(when)).member("customer", person.account);
        c.member("invoice", id).member("status", has_succeeded ? "succeeded" : "failed");
        c.key("failure_message");
        has_succeeded ? c.null() : c.value("The direct debit was returned by the bank.");
        c.member(
            "description",
            has_succeeded ? "Invoice " + number + " paid"
                          : "Payment of invoice " + number + " failed"
        );
        c.key("billing_details")
            .begin_object()
            .member("email", email)
            .member("name", person.name());
        c.key("phone").null().end_object().end_object();
        add(Stream::billing_charges, person, when, charge_id, c.take());
    };
    if (is_paid_late && random_.chance(300)) charge(false, paid - days(1));
    charge(true, paid);
    return number;
}

}  // namespace touchline::sample
