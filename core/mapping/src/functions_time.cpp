// Time: everything becomes RFC 3339 text in UTC.
#include "evaluator.hpp"
#include "times.hpp"

#include "touchline/base/text.hpp"

#include <cmath>

namespace touchline::mapping {
namespace {

using std::chrono::microseconds;

// Years 0001 to 9999, in microseconds since 1970.
constexpr double k_first = -62135596800e6;
constexpr double k_last = 253402300799999999.0;

Value formatted(Call& call, Time time) {
    return call.text(format_rfc3339(time));
}

Value time(Call& call) {
    const std::string_view text = call[0].string();
    if (trim(text).empty()) return {};
    std::chrono::minutes zone{0};
    if (call.size() > 2) {
        const auto read = read_zone(call[2].string());
        if (!read) return call.fail(read.error().message());
        zone = *read;
    }
    const bool has_format = call.size() > 1 && !call[1].is_null();
    const auto read = has_format ? read_time(text, call[1].string(), zone) : read_time(text, zone);
    return read ? formatted(call, *read) : call.fail(read.error().message());
}

// Numbers often come as text.
Value from_unix(Call& call, double micros_per_unit) {
    double number = call[0].is_number() ? call[0].number() : 0;
    if (call[0].is_string()) {
        const std::string_view text = trim(call[0].string());
        if (text.empty()) return {};
        const auto parsed = read_time(text, "%s", std::chrono::minutes(0));
        if (!parsed)
            return call.fail(excerpt(call[0]) + " is not a number of seconds or milliseconds");
        number = static_cast<double>(
            std::chrono::floor<std::chrono::seconds>(*parsed).time_since_epoch().count()
        );
    }
    const double micros = std::round(number * micros_per_unit);
    if (!(micros >= k_first && micros <= k_last)) {
        return call.fail(excerpt(call[0]) + " is outside the years 1 to 9999");
    }
    return formatted(call, Time(microseconds(static_cast<std::int64_t>(micros))));
}

Value add_seconds(Call& call) {
    const auto read = read_time(call[0].string());
    if (!read) return call.fail(read.error().message());
    if (call[1].is_null()) return {};
    const double micros =
        static_cast<double>(read->time_since_epoch().count()) + std::round(call[1].number() * 1e6);
    if (!(micros >= k_first && micros <= k_last))
        return call.fail("the result is outside the years 1 to 9999");
    return formatted(call, *read + microseconds(std::llround(call[1].number() * 1e6)));
}

constexpr Function k_functions[] = {
    {{"add_seconds",
      "add_seconds(time, seconds)",
      "A time so many seconds later; negative is earlier.",
      "add_seconds('2026-10-02T09:14:00Z', `90`)",
      R"("2026-10-02T09:15:30Z")",
      false},
     2,
     2,
     {k_text, k_number | k_null},
     true,
     add_seconds},
    {{"from_unix",
      "from_unix(seconds)",
      "The time so many seconds after 1970.",
      "from_unix(`1790932440`)",
      R"("2026-10-02T09:14:00Z")",
      false},
     1,
     1,
     {k_number | k_text},
     true,
     [](Call& call) { return from_unix(call, 1e6); }},
    {{"from_unix_ms",
      "from_unix_ms(milliseconds)",
      "The time so many milliseconds after 1970.",
      "from_unix_ms(`1790932440500`)",
      R"("2026-10-02T09:14:00.500000Z")",
      false},
     1,
     1,
     {k_number | k_text},
     true,
     [](Call& call) { return from_unix(call, 1e3); }},
    {{"time",
      "time(text[, format[, zone]])",
      "A time in RFC 3339, from the usual forms, or from text in a format like '%d/%m/%Y %H:%M'; "
      "without a zone in "
      "the text it is UTC, or the zone '+02:00'.",
      "time('02/10/2026 09:14', '%d/%m/%Y %H:%M', '+02:00')",
      R"("2026-10-02T07:14:00Z")",
      false},
     1,
     3,
     {k_text, k_text | k_null, k_text},
     true,
     time},
};

}  // namespace

std::span<const Function> time_functions() {
    return k_functions;
}

}  // namespace touchline::mapping
