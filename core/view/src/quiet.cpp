#include "quiet.hpp"

#include <algorithm>
#include <array>

namespace touchline::view {

bool is_quiet(std::string_view kind) {
    using std::string_view_literals::operator""sv;
    constexpr std::array k_families = {
        "page"sv,
        "product"sv,
        "search"sv,
        "session"sv,
        "login"sv,
        "feature"sv,
        "campaign"sv,
        "consent"sv};
    const std::string_view family = kind.substr(0, kind.find('.'));
    return std::find(k_families.begin(), k_families.end(), family) != k_families.end();
}

}  // namespace touchline::view
