#include "decimal.hpp"

#include <algorithm>
#include <charconv>

namespace touchline::mapping {
namespace {

constexpr std::size_t k_whole_digits = 15;
constexpr std::size_t k_fraction_digits = 6;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

Error no_amount(std::string_view text) {
    return Error(Code::bad_data, "\"" + std::string(text) + "\" is not an amount");
}

struct Parts {
    bool negative = false;
    std::string body;  // digits, "." and ","
};

// Sign, brackets, spaces, apostrophes and the name of a currency go; anything else inside the
// number is not an amount.
bool strip(std::string_view text, Parts& parts) {
    const auto from = text.find_first_of("0123456789.,");
    const auto until = text.find_last_of("0123456789");
    if (from == std::string_view::npos || until == std::string_view::npos || until < from)
        return false;
    const std::string_view before = text.substr(0, from);
    const std::string_view after = text.substr(until + 1);
    const bool minus = before.find('-') != std::string_view::npos ||
                       after.find('-') != std::string_view::npos ||
                       before.find("\u2212") != std::string_view::npos;
    const bool brackets =
        before.find('(') != std::string_view::npos && after.find(')') != std::string_view::npos;
    parts.negative = minus || brackets;
    for (std::string_view rest = text.substr(from, until - from + 1); !rest.empty();) {
        std::size_t length = 1;
        if (is_digit(rest[0]) || rest[0] == '.' || rest[0] == ',') {
            parts.body += rest[0];
        } else if (rest.starts_with("\u00A0")) {
            length = 2;
        } else if (rest.starts_with("\u202F") || rest.starts_with("\u2009") || rest.starts_with("\u2019")) {
            length = 3;
        } else if (rest[0] != ' ' && rest[0] != '\'') {
            return false;
        }
        rest.remove_prefix(length);
    }
    return true;
}

// True if `whole` is digits in groups of three after `mark`: "1.234.567".
bool grouped(std::string_view whole, char mark) {
    std::size_t run = 0;
    bool first = true;
    for (const char c : whole) {
        if (c == mark) {
            if (first ? run == 0 || run > 3 : run != 3) return false;
            first = false;
            run = 0;
        } else if (is_digit(c)) {
            ++run;
        } else {
            return false;
        }
    }
    return first || run == 3;
}

std::string tidy(bool negative, std::string whole, std::string_view fraction) {
    whole.erase(
        std::remove_if(whole.begin(), whole.end(), [](char c) { return !is_digit(c); }), whole.end()
    );
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
    if (whole.empty()) whole = "0";
    const bool zero = whole == "0" && fraction.find_first_not_of('0') == std::string_view::npos;
    std::string text = negative && !zero ? "-" : "";
    text += whole;
    if (!fraction.empty()) text.append(1, '.').append(fraction);
    return text;
}

}  // namespace

Result<std::string> read_decimal(std::string_view text) {
    Parts parts;
    if (!strip(text, parts)) return no_amount(text);
    const std::string_view body = parts.body;
    const auto last = body.find_last_of(".,");
    if (last == std::string_view::npos) {
        return body.size() > k_whole_digits ? Result<std::string>(no_amount(text))
                                            : tidy(parts.negative, parts.body, {});
    }
    const char mark = body[last];
    const char other = mark == '.' ? ',' : '.';
    const std::string_view whole = body.substr(0, last);
    std::string_view fraction = body.substr(last + 1);
    const bool once = whole.find(mark) == std::string_view::npos;
    const bool others = whole.find(other) != std::string_view::npos;
    if (!once) {
        // The same mark twice can only group: "1.234.567".
        if (others || !grouped(body, mark)) return no_amount(text);
        return tidy(parts.negative, parts.body, {});
    }
    if (!grouped(whole, other)) return no_amount(text);
    const bool leads_with_zero = whole.empty() || whole == "0";
    if (!others && fraction.size() == 3 && !leads_with_zero && whole.size() <= 3) {
        return Error(
                   Code::bad_data,
                   "\"" + std::string(text) + "\" could be " +
                       tidy(parts.negative, parts.body, {}) + " or " +
                       tidy(parts.negative, std::string(whole), fraction)
        )
            .cure("take the mark that groups thousands out first, as in replace(total, ',', '')");
    }
    if (fraction.size() > k_fraction_digits || whole.size() > k_whole_digits + 5)
        return no_amount(text);
    return tidy(parts.negative, std::string(whole), fraction);
}

Result<std::string> plain_decimal(std::string_view json_number) {
    std::string text(json_number);
    if (text.find_first_of("eE") != std::string::npos) {
        double number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        char digits[400];
        const auto end =
            std::to_chars(std::begin(digits), std::end(digits), number, std::chars_format::fixed)
                .ptr;
        text.assign(digits, end);
    }
    const std::size_t sign = text.starts_with('-') ? 1 : 0;
    const auto dot = text.find('.');
    const std::size_t whole = std::min(dot, text.size()) - sign;
    if (whole > k_whole_digits) return no_amount(json_number);
    if (dot != std::string::npos && text.size() - dot - 1 > k_fraction_digits) {
        // More than a price can have: noise of a binary fraction, as in 19.990000000000002.
        double number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        char digits[64];
        const auto end = std::to_chars(
                             std::begin(digits),
                             std::end(digits),
                             number,
                             std::chars_format::fixed,
                             static_cast<int>(k_fraction_digits)
        )
                             .ptr;
        text.assign(digits, end);
        while (text.ends_with('0')) text.pop_back();
        if (text.ends_with('.')) text.pop_back();
    }
    return text;
}

std::string shift_decimal(std::string_view decimal, std::size_t digits) {
    if (digits == 0) return std::string(decimal);
    const bool negative = decimal.starts_with('-');
    if (negative) decimal.remove_prefix(1);
    const auto dot = decimal.find('.');
    std::string whole(decimal.substr(0, dot));
    std::string fraction(
        dot == std::string_view::npos ? std::string_view() : decimal.substr(dot + 1)
    );
    if (whole.size() <= digits) whole.insert(0, digits + 1 - whole.size(), '0');
    fraction.insert(0, whole.substr(whole.size() - digits));
    whole.resize(whole.size() - digits);
    fraction.resize(std::min(fraction.size(), k_fraction_digits));
    return (negative ? "-" : "") + whole + "." + fraction;
}

}  // namespace touchline::mapping
