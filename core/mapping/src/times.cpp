#include "times.hpp"

#include "touchline/base/text.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace touchline::mapping {
namespace {

using std::chrono::minutes;

constexpr std::array<std::string_view, 12> k_months{
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december"};
constexpr std::array<std::string_view, 7> k_days{
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct Fields {
    int year = 1970;
    unsigned month = 1, day = 1;
    int hour = 0, minute = 0, second = 0;
    std::int64_t micros = 0;
    std::optional<bool> afternoon;
    std::optional<minutes> zone;
    std::optional<std::int64_t> unix_seconds;
};

std::optional<Time> join(const Fields& f, minutes zone) {
    using namespace std::chrono;
    // The same bounds as years 0001 to 9999.
    constexpr std::int64_t k_first = -62135596800, k_last = 253402300799;
    if (f.unix_seconds) {
        if (*f.unix_seconds < k_first || *f.unix_seconds > k_last) return std::nullopt;
        return Time(seconds(*f.unix_seconds));
    }
    int hour = f.hour;
    if (f.afternoon) {
        if (hour < 1 || hour > 12) return std::nullopt;
        hour = hour % 12 + (*f.afternoon ? 12 : 0);
    }
    const year_month_day date(year(f.year), month(f.month), day(f.day));
    // A leap second becomes the last moment before it would start again.
    const bool leap = f.second == 60;
    if (!date.ok() || f.year < 1 || f.year > 9999 || hour > 23 || f.minute > 59 || f.second > 60)
        return std::nullopt;
    return Time(sys_days(date)) + hours(hour) + minutes(f.minute) + seconds(leap ? 59 : f.second) +
           microseconds(leap ? 999'999 : f.micros) - f.zone.value_or(zone);
}

class Reader {
public:
    Reader(std::string_view text, std::string_view format) : text_(text), format_(format) {}

    std::optional<Time> read(minutes zone) {
        if (!follow(format_) || !text_.empty()) return std::nullopt;
        return join(fields_, zone);
    }

private:
    bool follow(std::string_view format) {
        for (std::size_t i = 0; i < format.size(); ++i) {
            if (is_space(format[i])) {
                skip_space();
            } else if (format[i] != '%' || i + 1 == format.size()) {
                if (!take(format[i])) return false;
            } else if (!field(format[++i])) {
                return false;
            }
        }
        return true;
    }

    bool take(char expected) {
        if (text_.empty() || text_[0] != expected) return false;
        text_.remove_prefix(1);
        return true;
    }
    void skip_space() {
        while (!text_.empty() && is_space(text_[0])) text_.remove_prefix(1);
    }

    std::optional<std::int64_t> digits(std::size_t least, std::size_t most) {
        std::int64_t number = 0;
        std::size_t count = 0;
        while (count < most && count < text_.size() && is_digit(text_[count]))
            number = number * 10 + (text_[count++] - '0');
        if (count < least) return std::nullopt;
        text_.remove_prefix(count);
        return number;
    }
    template <typename T>
    bool number(T& into, std::size_t least, std::size_t most) {
        const auto value = digits(least, most);
        if (value) into = static_cast<T>(*value);
        return value.has_value();
    }

    // The whole name, or its first three letters; the place in the list, from 1.
    unsigned name(std::span<const std::string_view> names) {
        const std::string lower = lower_ascii(text_.substr(0, 12));
        for (unsigned i = 0; i < names.size(); ++i) {
            for (const std::string_view form : {names[i], names[i].substr(0, 3)}) {
                if (!lower.starts_with(form)) continue;
                text_.remove_prefix(form.size());
                return i + 1;
            }
        }
        return 0;
    }

    bool fraction() {
        std::int64_t scale = 100'000;
        if (text_.empty() || !is_digit(text_[0])) return false;
        for (fields_.micros = 0; !text_.empty() && is_digit(text_[0]); text_.remove_prefix(1)) {
            fields_.micros += (text_[0] - '0') * scale;
            scale /= 10;
        }
        return true;
    }

    bool zone() {
        std::size_t length = 0;
        while (length < text_.size() && (is_digit(text_[length]) || text_[length] == ':' ||
                                         (length == 0 && (text_[0] == '+' || text_[0] == '-'))))
            ++length;
        if (length == 0) length = 1;
        if (text_.starts_with("GMT") || text_.starts_with("UTC")) length = 3;
        if (length > text_.size()) return false;
        auto read = read_zone(text_.substr(0, length));
        if (!read) return false;
        fields_.zone = *read;
        text_.remove_prefix(length);
        return true;
    }

    bool half_of_day() {
        const std::string half = lower_ascii(text_.substr(0, 2));
        if (half != "am" && half != "pm") return false;
        fields_.afternoon = half == "pm";
        text_.remove_prefix(2);
        return true;
    }

    bool field(char what) {
        switch (what) {
            case 'Y':
                return number(fields_.year, 4, 4);
            case 'y': {
                if (!number(fields_.year, 2, 2)) return false;
                fields_.year += fields_.year < 69 ? 2000 : 1900;  // as POSIX has it
                return true;
            }
            case 'm':
                return number(fields_.month, 1, 2);
            case 'd':
                return number(fields_.day, 1, 2);
            case 'e':
                skip_space();
                return number(fields_.day, 1, 2);
            case 'b':
            case 'B':
                return (fields_.month = name(k_months)) != 0;
            case 'a':
            case 'A':
                return name(k_days) != 0;
            case 'H':
            case 'I':
                return number(fields_.hour, 1, 2);
            case 'M':
                return number(fields_.minute, 1, 2);
            case 'S':
                return number(fields_.second, 1, 2);
            case 'f':
                return fraction();
            case 'p':
                return half_of_day();
            case 'z':
                return zone();
            case 'F':
                return follow("%Y-%m-%d");
            case 'T':
                return follow("%H:%M:%S");
            case 's': {
                const bool negative = take('-');
                const auto seconds = digits(1, 15);
                if (seconds) fields_.unix_seconds = negative ? -*seconds : *seconds;
                return seconds.has_value();
            }
            case '%':
                return take('%');
            default:
                return false;
        }
    }

    std::string_view text_, format_;
    Fields fields_;
};

Error no_time(std::string_view text) {
    return Error(Code::bad_data, "\"" + truncate_text(text, 60) + "\" is not a time");
}

}  // namespace

Result<minutes> read_zone(std::string_view text) {
    if (text == "Z" || text == "z" || text == "UTC" || text == "GMT") return minutes(0);
    std::string digits;
    for (const char c : text.substr(std::min<std::size_t>(1, text.size()))) {
        if (c != ':') digits += c;
    }
    const bool sign = text.starts_with('+') || text.starts_with('-');
    bool good = sign && (digits.size() == 4 || digits.size() == 2);
    for (const char c : digits) good = good && is_digit(c);
    if (good) {
        const auto two = [&](std::size_t at) {
            return (digits[at] - '0') * 10 + (digits[at + 1] - '0');
        };
        const int hours = two(0);
        const int rest = digits.size() == 4 ? two(2) : 0;
        if (hours <= 23 && rest <= 59)
            return minutes((text[0] == '-' ? -1 : 1) * (hours * 60 + rest));
    }
    return Error(
        Code::bad_data, "\"" + truncate_text(text, 20) + "\" is not a zone offset like \"+02:00\""
    );
}

Result<Time> read_time(std::string_view text, minutes zone) {
    if (auto time = parse_rfc3339(text)) return time;
    const std::string_view trimmed = trim(text);
    for (const std::string_view format :
         {"%F",
          "%F %T",
          "%FT%T",
          "%F %H:%M",
          "%FT%H:%M",
          "%FT%T%z",
          "%F %T%z",
          "%F %T %z",
          "%FT%H:%M%z",
          "%FT%T.%f",
          "%FT%T.%f%z",
          "%F %T.%f",
          "%F %T.%f%z"}) {
        if (const auto time = Reader(trimmed, format).read(zone)) return *time;
    }
    return no_time(text);
}

Result<Time> read_time(std::string_view text, std::string_view format, minutes zone) {
    if (const auto time = Reader(trim(text), format).read(zone)) return *time;
    return Error(
        Code::bad_data, no_time(text).message() + " of the form \"" + std::string(format) + "\""
    );
}

}  // namespace touchline::mapping
