// What people say: products, troubles with their letters and answers, praise, and the words of the
// company.
#pragma once

#include <span>
#include <string_view>

namespace touchline::sample {

struct Product {
    std::string_view sku, name;
    int cents;
};

/// One kind of trouble, as it goes through the departments.
struct Trouble {
    std::string_view topic;     ///< "delivery", "brakes": a tag of the helpdesk
    std::string_view subject;   ///< of the ticket
    std::string_view letter;    ///< the customer's first message
    std::string_view reminder;  ///< when nobody answered
    std::string_view answer, solution;
    std::string_view post;        ///< what is said in public
    std::string_view team;        ///< of the helpdesk
    std::string_view department;  ///< that owns the cause
};

std::span<const Product> products();
std::span<const Trouble> troubles();
std::span<const std::string_view> good_comments();
std::span<const std::string_view> middling_comments();
std::span<const std::string_view> bad_comments();
std::span<const std::string_view> praise();     ///< posts
std::span<const std::string_view> questions();  ///< before buying
std::span<const std::string_view> campaigns();
std::span<const std::string_view> support_staff();
std::span<const std::string_view> sales_staff();
std::span<const std::string_view> store_staff();
std::span<const std::string_view> stores();

}  // namespace touchline::sample
