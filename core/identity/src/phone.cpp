#include "phone.hpp"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <string>

namespace touchline::identity {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t k_term_digits_min = 6;

/// "0000000", "5555555", "1234567": typed to get past a form.
bool is_placeholder(std::string_view digits) {
    const auto same = [](char a, char b) { return a == b; };
    const auto next = [](char a, char b) { return (a - '0' + 1) % 10 == b - '0'; };
    const auto all_steps = [&](auto step) {
        return std::ranges::adjacent_find(digits, [&](char a, char b) { return !step(a, b); }) ==
               digits.end();
    };
    return digits.size() > 1 && (all_steps(same) || all_steps(next));
}

std::string ascii_digits(std::string_view text) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), [](char c) {
        return c >= '0' && c <= '9';
    });
    return digits;
}

/// 00 is the international prefix wherever it is not said otherwise (ITU-T E.164, section 8.6).
std::string with_plus(std::string_view text, std::string_view region) {
    if (!region.empty() || !text.starts_with("00")) return std::string(text);
    return "+" + std::string(text.substr(2));
}

std::string problem_text(PhoneNumberUtil::ErrorType problem, bool has_region) {
    switch (problem) {
        case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
            return has_region
                       ? "no country has this code"
                       : "it has no country code, and no region is configured for the namespace";
        case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
        case PhoneNumberUtil::TOO_SHORT_NSN:
            return "it is too short for a phone number";
        case PhoneNumberUtil::TOO_LONG_NSN:
            return "it is too long for a phone number";
        default:
            return "it is not a phone number";
    }
}

}  // namespace

Value normalise_phone(std::string_view text, std::string_view region) {
    const auto& util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    const std::string default_region(region.empty() ? "ZZ" : region);
    const auto problem = util.Parse(with_plus(text, region), default_region, &number);
    if (problem != PhoneNumberUtil::NO_PARSING_ERROR) {
        if (is_placeholder(ascii_digits(text)))
            return Value::not_valid("a placeholder, not somebody's number");
        return Value::not_valid(problem_text(problem, !region.empty()));
    }
    std::string national;
    util.GetNationalSignificantNumber(number, &national);
    if (is_placeholder(national) || is_placeholder(ascii_digits(text)))
        return Value::not_valid("a placeholder, not somebody's number");
    if (!util.IsValidNumber(number))
        return Value::not_valid("no number of that country looks like this");
    Value value;
    // E.164 has no place for an extension, so it is dropped here.
    util.Format(number, PhoneNumberUtil::E164, &value.text);
    const auto digits = std::string_view(value.text).substr(1);
    for (auto length = digits.size(); length >= k_term_digits_min; --length)
        value.terms.emplace_back(digits.substr(digits.size() - length));
    return value;
}

}  // namespace touchline::identity
