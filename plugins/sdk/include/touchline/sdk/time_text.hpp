// Points in time as APIs write them (RFC 3339), and back.
#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace touchline::sdk {

namespace detail {

/// Days since 1970-01-01 of a date of the Gregorian calendar.
inline std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
    year -= month <= 2;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const auto year_of_era = static_cast<unsigned>(year - era * 400);
    const unsigned day_of_year = (153 * (month + (month > 2 ? -3U : 9U)) + 2) / 5 + day - 1;
    const unsigned day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + static_cast<std::int64_t>(day_of_era) - 719468;
}

/// The digits of text[from, from + count), or nothing.
inline std::optional<int> digits(std::string_view text, std::size_t from, std::size_t count) {
    if (text.size() < from + count) return std::nullopt;
    int number = 0;
    for (const char c : text.substr(from, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

/// Minutes east of UTC of "Z", "+02:00" or "-0800"; nothing when it is none of these.
inline std::optional<int> zone_minutes(std::string_view zone) {
    if (zone.empty() || zone == "Z" || zone == "z") return 0;
    const auto hours = digits(zone, 1, 2);
    const auto minutes = digits(zone, zone.size() == 6 ? 4 : 3, 2);
    const bool well_formed = (zone.size() == 6 && zone[3] == ':') || zone.size() == 5;
    if (!well_formed || !hours || !minutes || (zone[0] != '+' && zone[0] != '-'))
        return std::nullopt;
    return (zone[0] == '-' ? -1 : 1) * (*hours * 60 + *minutes);
}

}  // namespace detail

/// Milliseconds since 1970 of "2026-11-23T14:25:47Z", with or without a fraction and an offset; a
/// space may stand for the T. Nothing when it is no such time.
inline std::optional<std::int64_t> parse_time_ms(std::string_view text) {
    using detail::digits;
    const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2),
               second = digits(text, 17, 2);
    if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
    if (*month < 1 || *month > 12 || *day < 1 || *day > 31) return std::nullopt;
    std::string_view rest = text.substr(19);
    std::int64_t fraction = 0;
    if (!rest.empty() && rest.front() == '.') {
        rest.remove_prefix(1);
        for (int scale = 100; !rest.empty() && rest.front() >= '0' && rest.front() <= '9';
             scale /= 10) {
            fraction += scale * (rest.front() - '0');
            rest.remove_prefix(1);
        }
    }
    const auto zone = detail::zone_minutes(rest);
    if (!zone) return std::nullopt;
    const std::int64_t days =
        detail::days_from_civil(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
    const std::int64_t seconds = days * 86400 + *hour * 3600 + *minute * 60 + *second - *zone * 60;
    return seconds * 1000 + fraction;
}

namespace detail {

struct Civil {
    std::int64_t year;
    unsigned month, day, hour, minute, second, millisecond;
};

inline Civil civil_from_ms(std::int64_t unix_ms) {
    const std::int64_t ms_of_day = ((unix_ms % 86400000) + 86400000) % 86400000;
    const std::int64_t days = (unix_ms - ms_of_day) / 86400000 + 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const auto day_of_era = static_cast<unsigned>(days - era * 146097);
    const unsigned year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const unsigned day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const unsigned shifted = (5 * day_of_year + 2) / 153;
    const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
    const auto ms = static_cast<unsigned>(ms_of_day);
    return {
        static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2),
        month,
        day_of_year - (153 * shifted + 2) / 5 + 1,
        ms / 3600000,
        ms / 60000 % 60,
        ms / 1000 % 60,
        ms % 1000};
}

}  // namespace detail

/// "2026-11-23T14:25:47Z": the second that the moment lies in.
inline std::string time_text(std::int64_t unix_ms) {
    const auto at = detail::civil_from_ms(unix_ms);
    char text[40];
    std::snprintf(
        text,
        sizeof(text),
        "%04lld-%02u-%02uT%02u:%02u:%02uZ",
        static_cast<long long>(at.year),
        at.month,
        at.day,
        at.hour,
        at.minute,
        at.second
    );
    return text;
}

/// "2026-11-23T14:25:47.250Z"
inline std::string time_text_ms(std::int64_t unix_ms) {
    const auto at = detail::civil_from_ms(unix_ms);
    char fraction[8];
    std::snprintf(fraction, sizeof(fraction), ".%03uZ", at.millisecond);
    std::string text = time_text(unix_ms);
    return text.replace(text.size() - 1, 1, fraction);
}

}  // namespace touchline::sdk
