// What happens to people: purchases, trouble, visits, talk. Each story writes into several systems.
#pragma once

#include "office.hpp"
#include "people.hpp"
#include "random.hpp"

namespace touchline::sample {

class Stories {
public:
    Stories(Office& office, Random& random) : office_(office), random_(random) {}

    /// One story, begun at about `when`.
    void tell(const Person& person, Time when);

private:
    void purchase(const Person& person, Time when);
    void trouble(const Person& person, Time when, const Order* order);
    void business(const Person& person, Time when);
    void newsletter(const Person& person, Time when);
    void small_talk(const Person& person, Time when);
    void store_visit(const Person& person, Time when);
    void ask_recommend(const Person& person, Time when, int luck);

    Office& office_;
    Random& random_;
};

}  // namespace touchline::sample
