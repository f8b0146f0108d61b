#include "calendar.hpp"

#include <cstdio>

namespace touchline::sample {
namespace {

using namespace std::chrono;

Time last_sunday_one_utc(year y, std::chrono::month m) {
    return Time(sys_days(y / m / Sunday[last])) + hours(1);
}

struct Civil {
    int year, month, day, hour, minute, second;
};

Civil civil(Time time) {
    const auto midnight = floor<days>(time);
    const year_month_day date(midnight);
    const hh_mm_ss clock(floor<seconds>(time - midnight));
    return {
        static_cast<int>(date.year()),
        static_cast<int>(static_cast<unsigned>(date.month())),
        static_cast<int>(static_cast<unsigned>(date.day())),
        static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count())};
}

template <typename... Numbers>
std::string print(const char* format, Numbers... numbers) {
    char text[64];
    const int length = std::snprintf(text, sizeof text, format, numbers...);
    return {text, static_cast<std::size_t>(length)};
}

}  // namespace

minutes brussels_offset(Time time) {
    const year_month_day date(floor<days>(time));
    const bool is_summer = time >= last_sunday_one_utc(date.year(), March) &&
                           time < last_sunday_one_utc(date.year(), October);
    return is_summer ? minutes(120) : minutes(60);
}

std::string iso(Time time) {
    return format_rfc3339(floor<seconds>(time));
}

std::string crm_time(Time time) {
    const Civil c = civil(time);
    return print("%02d/%02d/%04d %02d:%02d", c.day, c.month, c.year, c.hour, c.minute);
}

std::string pbx_time(Time time) {
    const minutes offset = brussels_offset(time);
    const Civil c = civil(time + offset);
    return print(
        "%04d-%02d-%02dT%02d:%02d:%02d+%02d:00",
        c.year,
        c.month,
        c.day,
        c.hour,
        c.minute,
        c.second,
        static_cast<int>(offset.count() / 60)
    );
}

std::string day(Time time) {
    const Civil c = civil(time);
    return print("%04d-%02d-%02d", c.year, c.month, c.day);
}

std::string month(Time time) {
    return day(time).substr(0, 7);
}

Time at_office(Time time, int minute_of_day) {
    auto midnight = floor<days>(time);
    while (weekday(midnight) == Saturday || weekday(midnight) == Sunday) midnight += days(1);
    const Time local = Time(midnight) + minutes(minute_of_day);
    return local - brussels_offset(local);
}

}  // namespace touchline::sample
