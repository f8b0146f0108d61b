#include "birth_date.hpp"

#include "words.hpp"

#include "touchline/base/text.hpp"

#include <array>
#include <utility>
#include <vector>

namespace touchline::identity {

namespace {

constexpr auto k_months = std::to_array<std::string_view>(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
);

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits)
        if (is_digit(c) && value < 100000) value = value * 10 + (c - '0');
    return value;
}

int month_named(std::string_view word) {
    for (std::size_t i = 0; i < k_months.size(); ++i)
        if (word.starts_with(k_months[i])) return int(i) + 1;
    return 0;
}

bool is_placeholder(const BirthDate& date) {
    const bool first_of_january = date.month == 1 && date.day == 1;
    return (first_of_january && (date.year == 1900 || date.year == 1970 || date.year <= 1)) ||
           date.year >= 9999 || (date.year == 0 && date.month == 0) ||
           date == BirthDate{1899, 12, 30} || date == BirthDate{1901, 1, 1} ||
           date == BirthDate{1899, 12, 31} || date == BirthDate{1111, 11, 11};
}

BirthDate from_compact(std::string_view digits) {
    if (digits.size() == 4) return {number(digits), 0, 0};
    if (digits.size() == 6) return {number(digits.substr(0, 4)), number(digits.substr(4)), 0};
    if (digits.size() != 8) return {};
    const BirthDate year_first{
        number(digits.substr(0, 4)), number(digits.substr(4, 2)), number(digits.substr(6))};
    const int last_year = number(digits.substr(4));
    const bool year_is_last =
        year_first.month > 12 && year_first.year > 2100 && last_year > 1000 && last_year < 2100;
    if (!year_is_last) return year_first;
    return {last_year, number(digits.substr(2, 2)), number(digits.substr(0, 2))};
}

/// A year of two digits is one of the hundred years before 2030.
int full_year(std::string_view digits) {
    const int value = number(digits);
    return digits.size() > 2 ? value : value + (value < 30 ? 2000 : 1900);
}

BirthDate from_three(const std::vector<std::string>& words) {
    if (words[0].size() == 4) return {number(words[0]), number(words[1]), number(words[2])};
    BirthDate date{full_year(words[2]), number(words[1]), number(words[0])};
    if (const int named = month_named(words[0])) return {date.year, named, number(words[1])};
    if (const int named = month_named(words[1])) date.month = named;
    if (date.month > 12 && date.day <= 12) std::swap(date.month, date.day);
    return date;
}

}  // namespace

std::string BirthDate::digits() const {
    if (!whole()) return {};
    std::string text = std::to_string(10000 + year % 10000).substr(1);
    text += std::to_string(100 + month % 100).substr(1);
    text += std::to_string(100 + day % 100).substr(1);
    return text;
}

BirthDate read_birth_date(std::string_view text) {
    auto lower = lower_ascii(trim(text));
    if (const auto time = lower.find('t');
        time != std::string::npos && time >= 8 && is_digit(lower[time - 1]))
        lower.resize(time);
    const auto words = split_words(lower);
    BirthDate date;
    if (words.size() == 1) date = from_compact(words[0]);
    if (words.size() == 2 && words[0].size() == 4) date = {number(words[0]), number(words[1]), 0};
    if (words.size() >= 3) date = from_three(words);
    return is_placeholder(date) ? BirthDate{} : date;
}

BirthDate birth_date_of_parts(std::string_view year, std::string_view month, std::string_view day) {
    const int named = month_named(lower_ascii(trim(month)));
    const BirthDate date{number(year), named ? named : number(month), number(day)};
    return is_placeholder(date) ? BirthDate{} : date;
}

}  // namespace touchline::identity
