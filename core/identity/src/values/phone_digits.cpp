#include "phone_digits.hpp"

#include "words.hpp"

#include <algorithm>
#include <array>

namespace touchline::identity {

namespace {

constexpr std::size_t k_digits_min = 6;

/// ITU-T E.164: 1 and 7 stand alone, these have two digits, all others three.
constexpr auto k_two_digit_codes = std::to_array<std::string_view>({
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
    "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
    "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
});

std::size_t country_code_length(std::string_view digits) {
    if (digits.starts_with('1') || digits.starts_with('7')) return 1;
    const bool two =
        std::ranges::any_of(k_two_digit_codes, [&](auto code) { return digits.starts_with(code); });
    return two ? 2 : 3;
}

bool all_steps(std::string_view digits, int step) {
    return std::ranges::adjacent_find(digits, [&](char a, char b) {
               return (a - '0' + step) % 10 != b - '0';
           }) == digits.end();
}

bool is_placeholder(std::string_view digits) {
    const bool fictional =
        digits.ends_with("5550100") || digits == "5550100" || digits.ends_with("5551234");
    return fictional || all_steps(digits, 0) || all_steps(digits, 1) || all_steps(digits, 9);
}

std::string_view without_extension(std::string_view text) {
    const auto at = text.find_first_of("xX#;");
    return at == std::string_view::npos ? text : text.substr(0, at);
}

}  // namespace

std::string read_phone_digits(std::string_view text) {
    text = without_extension(text);
    const auto first = text.find_first_not_of(" (");
    if (first == std::string_view::npos) return {};
    text.remove_prefix(first);
    const auto all = digits_of(text);
    std::string_view digits = all;
    if (is_placeholder(digits)) return {};
    const bool plus = text.starts_with('+');
    if (plus || digits.starts_with("00")) {
        if (!plus) digits.remove_prefix(2);
        digits.remove_prefix(std::min(country_code_length(digits), digits.size()));
    } else if (digits.size() == 11 && digits.starts_with('1')) {
        digits.remove_prefix(1);
    }
    while (digits.starts_with('0')) digits.remove_prefix(1);
    if (digits.size() < k_digits_min || is_placeholder(digits)) return {};
    return std::string(digits);
}

}  // namespace touchline::identity
