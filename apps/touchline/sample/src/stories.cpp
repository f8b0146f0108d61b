#include "stories.hpp"

#include "calendar.hpp"

#include <algorithm>

namespace touchline::sample {

using namespace std::chrono;

namespace {

std::string_view comment_for(Random& random, int luck) {
    if (luck > 0) return random.pick(good_comments());
    return luck == 0 ? random.pick(middling_comments()) : random.pick(bad_comments());
}

/// Minutes of the day within office hours.
int office_minute(Random& random) {
    return 540 + static_cast<int>(random.below(480));
}

}  // namespace

void Stories::tell(const Person& person, Time when) {
    const std::uint32_t die = random_.below(100);
    if (die < 40) return purchase(person, when);
    if (die < 54) return trouble(person, when, nullptr);
    if (die < 62) return person.company.empty() ? purchase(person, when) : business(person, when);
    if (die < 76) return newsletter(person, when);
    if (die < 90) return small_talk(person, when);
    store_visit(person, when);
}

void Stories::purchase(const Person& person, Time when) {
    if (random_.chance(250)) {
        office_.newsletter(person, when - days(3), random_.pick(campaigns()), "opened");
        office_.newsletter(
            person, when - days(3) + minutes(2), random_.pick(campaigns()), "clicked"
        );
    }
    if (random_.chance(350)) {
        const auto question = random_.pick(questions());
        office_.activity(
            person,
            at_office(when - days(2), office_minute(random_)),
            12,
            "call",
            "in",
            question,
            "Explained the models; will think it over."
        );
    }
    const Product& product = random_.pick(products());
    const bool is_late = random_.chance(180);
    const int days_long =
        is_late ? 9 + static_cast<int>(random_.below(12)) : 2 + static_cast<int>(random_.below(4));
    const Order order = office_.order(
        person, when, product, product.cents < 10000 ? random_.between(1, 3) : 1, days_long
    );
    if (!person.company.empty() || random_.chance(250)) {
        office_.invoice(person, order, order.placed + days(1), random_.chance(200));
    }
    const bool goes_wrong = is_late ? random_.chance(650) : random_.chance(90);
    if (goes_wrong) {
        trouble(person, is_late ? order.placed + days(6) : order.delivered + days(1), &order);
    } else if (random_.chance(350)) {
        const int luck = is_late ? -1 : random_.chance(800) ? 1 : 0;
        const int score = std::clamp(4 + luck + static_cast<int>(random_.below(2)), 1, 5);
        office_.survey(
            person,
            order.delivered + days(1),
            "delivery",
            score,
            comment_for(random_, luck),
            order.number,
            "",
            "logistics"
        );
        ask_recommend(person, order.delivered + days(14), luck);
    }
}

void Stories::trouble(const Person& person, Time when, const Order* order) {
    const Trouble& about =
        order != nullptr ? troubles()[random_.below(2)] : random_.pick(troubles());
    const std::string number = order != nullptr ? order->number : "";
    const int luck = static_cast<int>(random_.below(3)) - 1;
    const Time opened = at_office(when, office_minute(random_));
    const Time answered = opened +
                          hours(
                              luck > 0    ? 1
                              : luck == 0 ? 7
                                          : 50
                          ) +
                          minutes(random_.below(50));
    const Time solved = answered + hours(luck > 0 ? 3 : luck == 0 ? 26 : 120);
    const bool by_phone = random_.chance(300);
    const std::string id =
        office_.ticket(person, opened, solved, about, by_phone ? "phone" : "email", number);
    if (by_phone) {
        office_.call(
            person, opened - minutes(6), 60 + random_.below(500), about.team, "answered", id
        );
    } else {
        office_.message(person, id, opened, "customer", about.letter);
    }
    if (luck < 0) {
        office_.call(person, opened + hours(22), random_.between(5, 90), about.team, "missed", "");
        office_.message(person, id, opened + hours(26), "customer", about.reminder);
        if (random_.chance(400)) office_.post(person, opened + hours(28), "mention", about.post);
        office_.message(
            person,
            id,
            answered - minutes(20),
            "agent",
            "Carrier does not pick up. Asked the depot again.",
            false
        );
    }
    office_.message(person, id, answered, "agent", about.answer);
    if (random_.chance(500))
        office_.message(
            person, id, answered + hours(1), "customer", "Thank you, I will wait for your news."
        );
    office_.message(person, id, solved, "agent", about.solution);
    if (luck < 0 && random_.chance(350))
        office_.call(person, solved + hours(2), 180, about.team, "answered", id, true);
    if (order != nullptr && luck < 0 && random_.chance(600)) {
        office_.refund(person, *order, solved + hours(1), order->cents() * 15 / 100, about.topic);
    }
    if (random_.chance(450)) {
        const int score = std::clamp(3 + luck * 2 + static_cast<int>(random_.below(2)), 1, 5);
        office_.survey(
            person,
            solved + hours(20),
            "csat",
            score,
            comment_for(random_, luck),
            number,
            id,
            about.department
        );
    }
    ask_recommend(person, solved + days(10), luck);
}

void Stories::ask_recommend(const Person& person, Time when, int luck) {
    if (!random_.chance(300)) return;
    const int low = luck > 0 ? 8 : luck == 0 ? 6 : 1;
    const int score = std::min(10, low + static_cast<int>(random_.below(luck < 0 ? 5 : 3)));
    office_.survey(person, when, "nps", score, comment_for(random_, luck), "", "", "success");
}

void Stories::business(const Person& person, Time when) {
    const std::string deal = "D-" + std::to_string(person.index) + "-" + month(when);
    const std::int64_t cents = 259900 * std::int64_t{random_.between(2, 12)};
    const std::string subject = "Company bicycles for " + person.company;
    const Time first = at_office(when, office_minute(random_));
    office_.activity(person, first, 20, "call", "in", subject, "Asks for a fleet with service.");
    office_.activity(person, first + days(2), 0, "deal", "", subject, "", {deal, "opened", cents});
    office_.activity(
        person,
        at_office(first + days(5), 600),
        60,
        "meeting",
        "out",
        subject,
        "Test ride with six colleagues."
    );
    office_.activity(
        person,
        first + days(7),
        0,
        "email",
        "out",
        "Our offer: " + subject,
        "Offer attached, valid for 30 days.",
        {deal, "quoted", cents}
    );
    const bool is_won = random_.chance(550);
    office_.activity(
        person, first + days(20), 0, "deal", "", subject, "", {deal, is_won ? "won" : "lost", cents}
    );
    office_.activity(
        person,
        first + days(20),
        0,
        "note",
        "",
        "Why " + std::string(is_won ? "won" : "lost"),
        is_won ? "Service on site decided it." : "Competitor was 8 % cheaper."
    );
    if (!is_won) return;
    const Product& bike = products()[2];
    const Order order = office_.order(
        person, first + days(21), bike, static_cast<std::uint32_t>(cents / bike.cents), 12
    );
    office_.invoice(person, order, first + days(22), random_.chance(350));
}

void Stories::newsletter(const Person& person, Time when) {
    const std::string_view campaign = random_.pick(campaigns());
    office_.newsletter(person, when, campaign, "delivered");
    if (random_.chance(480)) office_.newsletter(person, when + hours(3), campaign, "opened");
    if (random_.chance(160))
        office_.newsletter(person, when + hours(3) + minutes(1), campaign, "clicked");
    if (random_.chance(20)) office_.newsletter(person, when + hours(4), campaign, "unsubscribed");
}

void Stories::small_talk(const Person& person, Time when) {
    if (person.handle.empty()) return newsletter(person, when);
    if (random_.chance(550)) {
        office_.post(person, when, "mention", random_.pick(praise()));
        if (random_.chance(500))
            office_.post(person, when + hours(2), "reply", "Enjoy the ride!", true);
        return;
    }
    office_.post(person, when, "direct", random_.pick(questions()));
    office_.post(
        person, when + hours(5), "direct", "Good question! We wrote you the details.", true
    );
}

void Stories::store_visit(const Person& person, Time when) {
    const Time open = at_office(when, office_minute(random_));
    const std::uint32_t die = random_.below(3);
    if (die == 0)
        return office_.visit(person, open, "test ride", "Rode the E-Tour, liked the saddle.", 0);
    if (die == 1)
        return office_.visit(person, open, "service", "Yearly service, new brake pads.", 10800);
    office_.visit(person, open, "purchase", "Helmet and lock.", 14800);
}

}  // namespace touchline::sample
