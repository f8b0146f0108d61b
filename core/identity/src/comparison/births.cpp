#include "aspects.hpp"
#include "levels.hpp"
#include "text/similarity.hpp"

#include <cstdlib>

namespace touchline::identity {

namespace {

constexpr int k_generation_years = 15;

bool known_and_equal(int a, int b) {
    return a != 0 && a == b;
}

}  // namespace

Agreement compare_births(const BirthFeature& a, const BirthFeature& b) {
    using namespace birth_level;
    const auto level = [](std::uint8_t value) { return Agreement{value, 0, 0}; };
    const bool year_known = a.year != 0 && b.year != 0;
    if (!year_known) {
        const bool rest_known = a.month != 0 && b.month != 0 && a.day != 0 && b.day != 0;
        if (!rest_known) return {};
        return level(a.month == b.month && a.day == b.day ? two_parts : different);
    }
    if (a.digits.empty() || b.digits.empty()) {
        const bool months_differ = a.month != 0 && b.month != 0 && a.month != b.month;
        if (a.year == b.year) return level(months_differ ? same_year : only_year);
        return level(std::abs(a.year - b.year) >= k_generation_years ? generation : different);
    }
    if (a.digits == b.digits) return {equal, value_kind::own, a.digits.hash};
    if (a.year == b.year && a.month == b.day && a.day == b.month) return level(day_month_swapped);
    if (within_one_edit(a.digits.text, b.digits.text)) return level(one_edit);
    const int parts = known_and_equal(a.year, b.year) + known_and_equal(a.month, b.month) +
                      known_and_equal(a.day, b.day);
    if (parts == 2) return level(two_parts);
    if (a.year == b.year) return level(same_year);
    const bool two_edits =
        may_be_within(a.digits, b.digits, 2) && edit_distance(a.digits.text, b.digits.text) == 2;
    if (two_edits) return level(same_year);
    return level(std::abs(a.year - b.year) >= k_generation_years ? generation : different);
}

}  // namespace touchline::identity
