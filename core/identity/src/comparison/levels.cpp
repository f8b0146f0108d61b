#include "touchline/identity/comparison.hpp"

#include <array>

namespace touchline::identity {

namespace {

/// Between a name's swapped halves and plain equality: one record in about thirty has them swapped.
constexpr double k_swapped = 0.03;

constexpr Level k_unknown{"unknown", "is not known of both", false, 1, 1, 1};

constexpr auto k_given = std::to_array<Level>({
    k_unknown,
    {"equal", "is equal", true, 1, 0.70, 0.005},
    {"form", "is a form of the same name", false, 1, 0.05, 0.003},
    {"close", "differs by a typing error", false, 1, 0.10, 0.002},
    {"sound", "sounds alike", false, 1, 0.02, 0.008},
    {"initial", "is an initial that fits", false, 1, 0.04, 0.01},
    {"other_name", "is another name of the person", false, 1, 0.01, 0.001},
    {"swapped", "stands in the other's surname", true, k_swapped, 0.03, 0.0002},
    {"same_initial", "begins with the same letter only", false, 1, 0.01, 0.05},
    {"different", "is different", false, 1, 0.04, 0.92},
});

constexpr auto k_surname = std::to_array<Level>({
    k_unknown,
    {"equal", "is equal", true, 1, 0.78, 0.002},
    {"close", "differs by a typing error", false, 1, 0.08, 0.001},
    {"sound", "sounds alike", false, 1, 0.02, 0.004},
    {"part", "is a part of the other", false, 1, 0.02, 0.001},
    {"swapped", "stands in the other's given name", true, k_swapped, 0.03, 0.0002},
    {"initial", "is an initial that fits", false, 1, 0.01, 0.005},
    {"different", "is different", false, 1, 0.06, 0.98},
});

constexpr auto k_birth = std::to_array<Level>({
    k_unknown,
    {"equal", "is equal", true, 1, 0.85, 0.00005},
    {"day_month_swapped", "has day and month swapped", false, 1, 0.02, 0.00004},
    {"one_edit", "differs by one typing error", false, 1, 0.07, 0.001},
    {"two_parts", "agrees in two of year, month and day", false, 1, 0.02, 0.006},
    {"only_year", "agrees in the year, which is all that one tells", false, 1, 0.01, 0.015},
    {"same_year", "agrees in the year, or nearly", false, 1, 0.01, 0.02},
    {"different", "is different", false, 1, 0.015, 0.42},
    {"generation", "is a generation apart", false, 1, 0.005, 0.54},
});

constexpr auto k_email = std::to_array<Level>({
    k_unknown,
    {"equal", "is equal", true, 1, 0.62, 0.0001},
    {"close", "differs by a typing error", false, 1, 0.06, 0.00001},
    {"same_local", "is equal before the @", true, 1, 0.04, 0.0002},
    {"like_local", "is alike before the @", false, 1, 0.05, 0.002},
    {"same_domain", "is of the same organisation", true, 1, 0.02, 0.001},
    {"shared", "is a mailbox of several people", false, 1, 0.02, 0.0005},
    {"different", "is different", false, 1, 0.19, 0.995},
});

constexpr auto k_phone = std::to_array<Level>({
    k_unknown,
    {"equal", "is equal", true, 1, 0.70, 0.0001},
    {"close", "differs by one typing error", false, 1, 0.06, 0.00001},
    {"same_end", "ends in the same digits", false, 1, 0.01, 0.00001},
    {"shared", "is a number of several people", false, 1, 0.02, 0.0005},
    {"different", "is different", false, 1, 0.21, 0.999},
});

constexpr auto k_address = std::to_array<Level>({
    k_unknown,
    {"line", "is equal", true, 1, 0.60, 0.0001},
    {"line_other_unit", "is equal but for the unit", true, 1, 0.01, 0.0001},
    {"line_elsewhere", "has the same street and number in another place", true, 1, 0.01, 0.00005},
    {"like_line", "is alike", false, 1, 0.12, 0.0002},
    {"street", "is in the same street", true, 1, 0.02, 0.0005},
    {"postcode", "has the same postcode", true, 1, 0.05, 0.002},
    {"like_postcode", "has nearly the same postcode", false, 1, 0.02, 0.01},
    {"city", "is in the same city", true, 1, 0.05, 0.02},
    {"like_city", "is in a city of similar name", false, 1, 0.02, 0.002},
    {"different", "is different", false, 1, 0.10, 0.96},
});

constexpr auto k_company = std::to_array<Level>({
    k_unknown,
    {"equal", "is equal", true, 1, 0.70, 0.002},
    {"close", "differs by a typing error", false, 1, 0.10, 0.0005},
    {"part", "has words in common", false, 1, 0.05, 0.01},
    {"different", "is different", false, 1, 0.15, 0.987},
});

constexpr auto k_id = std::to_array<Level>({
    k_unknown,
    {"equal", "is equal", true, 1, 0.90, 0.00005},
    {"one_edit", "differs by one typing error", false, 1, 0.05, 0.00005},
    {"two_edits", "differs by two typing errors", false, 1, 0.01, 0.0005},
    {"different", "is different", false, 1, 0.04, 0.9994},
});

constexpr auto k_handle = std::to_array<Level>({
    k_unknown,
    {"equal", "is equal", true, 1, 0.75, 0.00005},
    {"close", "differs by a typing error", false, 1, 0.05, 0.0005},
    {"different", "is different", false, 1, 0.20, 0.9994},
});

constexpr auto k_text = std::to_array<Level>({
    k_unknown,
    {"equal", "is equal", true, 1, 0.72, 0.03},
    {"close", "differs by a typing error", false, 1, 0.08, 0.005},
    {"most_words", "has most words in common", false, 1, 0.05, 0.01},
    {"some_words", "has words in common", false, 1, 0.03, 0.03},
    {"different", "is different", false, 1, 0.12, 0.925},
});

}  // namespace

std::span<const Level> levels_of(Aspect aspect) {
    switch (aspect) {
        case Aspect::given_name:
            return k_given;
        case Aspect::surname:
            return k_surname;
        case Aspect::birth:
            return k_birth;
        case Aspect::email:
            return k_email;
        case Aspect::phone:
            return k_phone;
        case Aspect::address:
            return k_address;
        case Aspect::company:
            return k_company;
        case Aspect::exclusive_id:
            return k_id;
        case Aspect::handle:
            return k_handle;
        case Aspect::text:
            return k_text;
    }
    return k_text;
}

}  // namespace touchline::identity
