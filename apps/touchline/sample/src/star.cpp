#include "star.hpp"

#include "calendar.hpp"

namespace touchline::sample {

using namespace std::chrono;

void tell_star(Office& office, const Person& star) {
    const auto ago = [&](int days_ago, int minute_of_day) {
        return at_office(office.end() - days(days_ago), minute_of_day);
    };
    const Trouble& parcel = troubles()[0];
    const Trouble& invoice = troubles()[4];
    const Product& tour = products()[2];
    const Product& cargo = products()[3];

    // A private customer first.
    office.contact(star, ago(500, 610));
    office.newsletter(star, ago(430, 480), campaigns()[0], "delivered");
    office.newsletter(star, ago(430, 1130), campaigns()[0], "clicked");
    office.visit(
        star,
        ago(424, 930),
        "test ride",
        "Compared City 7 and E-Tour, wants to carry a child seat.",
        0
    );
    office.activity(
        star,
        ago(421, 655),
        14,
        "call",
        "in",
        "Which bike fits a child seat?",
        "Explained the E-Tour; sends the offer by e-mail."
    );
    const Order first = office.order(star, ago(418, 1275), tour, 1, 4);
    office.survey(
        star,
        first.delivered + days(1),
        "delivery",
        5,
        "Everything arrived as promised.",
        first.number,
        "",
        "logistics"
    );
    office.survey(star, ago(398, 700), "nps", 9, "Lovely people.", "", "", "success");
    office.post(star, ago(390, 1110), "mention", praise()[0]);
    office.visit(star, ago(240, 690), "service", "First service, brakes adjusted.", 8900);

    // Then a customer for her workshop, with a second address.
    const std::string_view deal = "D-1001";
    const std::string_view fleet = "Three cargo bikes for Velowerkplaats Peeters";
    office.activity(
        star,
        ago(120, 585),
        22,
        "call",
        "in",
        fleet,
        "Opens a repair workshop in Gent and rents out cargo bikes."
    );
    office.activity(
        star, ago(118, 600), 0, "deal", "", fleet, "", {deal, "opened", cargo.cents * 3}
    );
    office.activity(
        star,
        ago(112, 840),
        75,
        "meeting",
        "out",
        fleet,
        "Met at the workshop; loves the frame, worries about spare parts."
    );
    office.activity(
        star,
        ago(110, 560),
        0,
        "email",
        "out",
        "Our offer: three E-Cargo with service",
        "Offer with service on site, valid for 30 days.",
        {deal, "quoted", cargo.cents * 3}
    );
    office.activity(star, ago(99, 615), 0, "deal", "", fleet, "", {deal, "won", cargo.cents * 3});

    // The delivery goes wrong, and everybody hears of it.
    const Order bikes = office.order(star, ago(97, 660), cargo, 3, 26);
    office.invoice(star, bikes, ago(96, 600), true);
    office.call(star, ago(84, 560), 35, parcel.team, "missed", "");
    const Time opened = ago(84, 620);
    const Time solved = ago(70, 980);
    const std::string ticket = office.ticket(star, opened, solved, parcel, "email", bikes.number);
    office.message(
        star,
        ticket,
        opened,
        "customer",
        "Three cargo bikes were promised for last week. My opening is on Saturday. Where are they?"
    );
    office.message(star, ticket, ago(82, 700), "customer", parcel.reminder);
    office.post(
        star,
        ago(82, 1200),
        "mention",
        "Opening my workshop on Saturday, without the bikes I paid for. Thank you, @halden."
    );
    office.post(
        star, ago(81, 560), "reply", "This should not happen. We are calling you now.", true
    );
    office.call(star, ago(81, 575), 840, parcel.team, "answered", ticket, true);
    office.message(
        star,
        ticket,
        ago(81, 600),
        "agent",
        "Carrier lost the pallet between two depots. Lending her two bikes from the Gent store.",
        false
    );
    office.message(
        star,
        ticket,
        ago(81, 640),
        "agent",
        "I am sorry. Two bikes of the Gent store are yours until your own arrive; they come this "
        "afternoon."
    );
    office.message(star, ticket, solved, "agent", parcel.solution);
    office.refund(star, bikes, ago(69, 600), cargo.cents * 3 * 5 / 100, "delivery");
    office.survey(
        star,
        ago(68, 1100),
        "csat",
        3,
        "Saved in the end, but I had to tell my story three times.",
        bikes.number,
        ticket,
        "logistics"
    );

    // Billing reminds her of an invoice that she disputes.
    const Time disputed = ago(45, 610);
    const std::string second =
        office.ticket(star, disputed, ago(43, 900), invoice, "phone", bikes.number);
    office.call(star, disputed - minutes(9), 410, invoice.team, "answered", second);
    office.message(
        star,
        second,
        ago(43, 890),
        "agent",
        "The reminder is withdrawn: the refund had not been booked yet."
    );
    office.survey(star, ago(42, 760), "csat", 4, "Kort en vriendelijk.", "", second, "billing");
    office.survey(
        star,
        ago(20, 820),
        "nps",
        6,
        "Great bikes. One hand should know what the other does.",
        "",
        "",
        "success"
    );

    // And still open today.
    office.newsletter(star, ago(9, 480), campaigns()[3], "opened");
    office.activity(
        star,
        ago(6, 630),
        18,
        "call",
        "in",
        "Two more E-Cargo in spring",
        "Wants a firm delivery date in writing."
    );
    const std::string open =
        office.ticket(star, ago(2, 640), office.end() + days(3), troubles()[2], "email", "");
    office.message(star, open, ago(2, 640), "customer", troubles()[2].letter);
    office.post(
        star,
        ago(1, 1090),
        "direct",
        "Kunnen jullie zaterdag remblokjes meebrengen naar de opening?"
    );
}

}  // namespace touchline::sample
