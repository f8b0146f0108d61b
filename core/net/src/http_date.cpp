#include "touchline/base/text.hpp"
#include "touchline/net/retry.hpp"

#include <array>
#include <cstdio>

namespace touchline::net {

namespace {

constexpr std::array<std::string_view, 12> k_months{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> k_days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

struct Fields {
    int year = 0;
    std::array<char, 4> month{};
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
};

/// The three forms of RFC 9110, section 5.6.7; the name of the day says nothing that the date does
/// not.
bool scan(const std::string& text, Fields& f) {
    const char* rest = text.c_str();
    int end = 0;
    const auto whole = [&](int fields) {
        return fields == 6 && end > 0 && static_cast<std::size_t>(end) == text.size();
    };
    if (whole(std::sscanf(
            rest,
            "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n",
            &f.day,
            f.month.data(),
            &f.year,
            &f.hour,
            &f.minute,
            &f.second,
            &end
        ))) {
        return true;
    }
    end = 0;
    if (whole(std::sscanf(
            rest,
            "%*9[A-Za-z], %2d-%3[A-Za-z]-%2d %2d:%2d:%2d GMT%n",
            &f.day,
            f.month.data(),
            &f.year,
            &f.hour,
            &f.minute,
            &f.second,
            &end
        ))) {
        f.year += f.year < 70 ? 2000 : 1900;
        return true;
    }
    end = 0;
    return whole(std::sscanf(
        rest,
        "%*3[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d%n",
        f.month.data(),
        &f.day,
        &f.hour,
        &f.minute,
        &f.second,
        &f.year,
        &end
    ));
}

}  // namespace

Result<Time> parse_http_date(std::string_view text) {
    const std::string trimmed(trim(text));
    Fields f;
    unsigned month = 0;
    if (scan(trimmed, f)) {
        for (unsigned i = 0; i < k_months.size(); ++i) {
            if (k_months[i] == f.month.data()) month = i + 1;
        }
    }
    const std::chrono::year_month_day date(
        std::chrono::year(f.year),
        std::chrono::month(month),
        std::chrono::day(static_cast<unsigned>(std::max(f.day, 0)))
    );
    const bool time_ok = f.hour >= 0 && f.hour < 24 && f.minute >= 0 && f.minute < 60 &&
                         f.second >= 0 && f.second <= 60;
    if (month == 0 || !date.ok() || !time_ok) {
        return Error(Code::bad_data, "not a date as HTTP writes it");
    }
    return Time(std::chrono::sys_days(date)) + std::chrono::hours(f.hour) +
           std::chrono::minutes(f.minute) + std::chrono::seconds(f.second);
}

std::string format_http_date(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    std::array<char, 64> text{};
    std::snprintf(
        text.data(),
        text.size(),
        "%s, %02u %s %04d %02d:%02d:%02d GMT",
        k_days[std::chrono::weekday(day).c_encoding()].data(),
        static_cast<unsigned>(date.day()),
        k_months[static_cast<unsigned>(date.month()) - 1].data(),
        static_cast<int>(date.year()),
        static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count())
    );
    return text.data();
}

}  // namespace touchline::net
