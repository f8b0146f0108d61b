#include "aspects.hpp"
#include "levels.hpp"
#include "text/similarity.hpp"

#include <algorithm>

namespace touchline::identity {

namespace {

constexpr double k_like_street = 0.9;
constexpr double k_like_city = 0.9;
constexpr std::size_t k_area_min = 3;

enum class Part { unknown, equal, alike, different };

Part compare_part(const FeatureText& a, const FeatureText& b, double alike) {
    if (a.empty() || b.empty()) return Part::unknown;
    if (a == b) return Part::equal;
    const bool close = may_be_alike(a, b, alike) && jaro_winkler(a.text, b.text) >= alike;
    return close ? Part::alike : Part::different;
}

Part compare_numbers(const FeatureText& a, const FeatureText& b) {
    if (a.empty() || b.empty()) return Part::unknown;
    if (a == b) return Part::equal;
    const auto length = std::min(a.text.size(), b.text.size());
    return length >= 3 && within_one_edit(a.text, b.text) ? Part::alike : Part::different;
}

/// One typing error, or the same area: all but the last two or three signs.
Part compare_postcodes(const FeatureText& a, const FeatureText& b) {
    if (a.empty() || b.empty()) return Part::unknown;
    if (a == b) return Part::equal;
    if (within_one_edit(a.text, b.text)) return Part::alike;
    const auto shorter = std::min(a.text.size(), b.text.size());
    const auto area = shorter > 5 ? shorter - 3 : shorter > 3 ? shorter - 2 : shorter;
    const bool same_area = area >= k_area_min && a.text.compare(0, area, b.text, 0, area) == 0;
    return same_area ? Part::alike : Part::different;
}

bool agrees(Part part) {
    return part == Part::equal || part == Part::alike;
}

}  // namespace

Agreement compare_addresses(const AddressFeature& a, const AddressFeature& b) {
    using namespace address_level;
    const auto street_part = compare_part(a.street, b.street, k_like_street);
    const auto number = compare_numbers(a.number, b.number);
    const auto code = compare_postcodes(a.postcode, b.postcode);
    const auto town = compare_part(a.city, b.city, k_like_city);
    const bool place_differs = code == Part::different && town == Part::different;
    const bool place_agrees = agrees(code) || agrees(town);
    if (street_part == Part::equal && a.line == b.line) {
        if (place_differs) return {line_elsewhere, value_kind::own, a.line.hash};
        const bool units_differ = !a.unit.empty() && !b.unit.empty() && !(a.unit == b.unit);
        return {units_differ ? line_other_unit : line, value_kind::own, a.line.hash};
    }
    const bool line_alike = agrees(street_part) && number != Part::different &&
                            (agrees(number) || street_part == Part::equal);
    const bool rest_agrees =
        number == Part::equal && agrees(code) && (agrees(town) || street_part == Part::unknown);
    if ((line_alike && !place_differs) || rest_agrees) return {like_line, 0, 0};
    if (street_part == Part::equal && place_agrees)
        return {street, value_kind::street, a.street.hash};
    if (code == Part::equal) return {postcode, value_kind::postcode, a.postcode.hash};
    if (street_part == Part::equal) return {street, value_kind::street, a.street.hash};
    if (code == Part::alike) return {like_postcode, 0, 0};
    if (town == Part::equal) return {city, value_kind::city, a.city.hash};
    if (town == Part::alike) return {like_city, 0, 0};
    const bool compared =
        street_part == Part::different || code == Part::different || town == Part::different;
    return {compared ? different : unknown, 0, 0};
}

}  // namespace touchline::identity
