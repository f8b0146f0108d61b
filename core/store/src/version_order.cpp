#include "touchline/store/version_order.hpp"

#include <algorithm>

namespace touchline::store {
namespace {

bool is_whole_number(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view without_leading_zeros(std::string_view digits) {
    const auto first = digits.find_first_not_of('0');
    return first == std::string_view::npos ? std::string_view{} : digits.substr(first);
}

}  // namespace

bool is_older(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return false;
    if (!is_whole_number(a) || !is_whole_number(b)) return a < b;
    // As text, so that a number of any length has its place.
    const std::string_view x = without_leading_zeros(a), y = without_leading_zeros(b);
    return x.size() != y.size() ? x.size() < y.size() : x < y;
}

}  // namespace touchline::store
