#include "placeholders.hpp"

#include "cluster/sharers.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace touchline::identity {

namespace {

constexpr std::size_t k_people_min = 6;
/// Birthdays are not spread evenly; this many times what an even spread would bring is no birthday.
constexpr double k_times_expected = 10;
/// Dates that are known by less tell nothing about how dates are spread.
constexpr std::size_t k_dates_min = 50;

Placeholders find_placeholders(std::span<const Features> features) {
    // By initials, as one person's records do not make a date common.
    std::unordered_map<std::uint64_t, std::unordered_set<Initials>> people;
    for (const auto& one : features)
        if (!one.birth.digits.empty()) people[one.birth.digits.hash].insert(initials_of(one));
    if (people.size() < k_dates_min) return {};
    std::size_t all = 0;
    for (const auto& [date, initials] : people) all += initials.size();
    const double expected = double(all) / double(people.size());
    Placeholders found;
    for (const auto& [date, initials] : people)
        if (initials.size() >= k_people_min &&
            double(initials.size()) >= k_times_expected * expected)
            found.push_back(date);
    std::ranges::sort(found);
    return found;
}

}  // namespace

Placeholders take_out_placeholders(std::span<Features> features) {
    auto placeholders = find_placeholders(features);
    for (auto& one : features) drop_placeholder(placeholders, one.birth);
    return placeholders;
}

void drop_placeholder(const Placeholders& placeholders, BirthFeature& birth) {
    if (placeholders.empty() || birth.digits.empty()) return;
    if (!std::ranges::binary_search(placeholders, birth.digits.hash)) return;
    const bool only_year = birth.month == 1 && birth.day == 1;
    birth = {only_year ? birth.year : 0, 0, 0, {}};
}

}  // namespace touchline::identity
