#include "touchline/base/time.hpp"

#include <optional>
#include <string>

namespace touchline {
namespace {

/// At least so many digits, as "%0*d".
void append_digits(std::string& out, int number, std::size_t width) {
    const std::string digits = std::to_string(number < 0 ? -number : number);
    if (number < 0) out.push_back('-');
    const std::size_t printed = digits.size() + (number < 0 ? 1 : 0);
    if (printed < width) out.append(width - printed, '0');
    out.append(digits);
}

/// Reads from the front of a text and remembers whether everything fitted so far.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    int digits(std::size_t count) {
        int number = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const char c = next();
            if (c < '0' || c > '9') return fail();
            number = number * 10 + (c - '0');
        }
        return number;
    }
    bool take_any(std::string_view choices, char* taken = nullptr) {
        if (rest_.empty() || choices.find(rest_.front()) == std::string_view::npos) return false;
        if (taken != nullptr) *taken = rest_.front();
        rest_.remove_prefix(1);
        return true;
    }
    void expect(std::string_view choices) { good_ = take_any(choices) && good_; }
    std::int64_t microseconds() {
        std::int64_t micros = 0;
        int seen = 0;
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
            if (seen++ < 6) micros = micros * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        if (seen == 0) fail();
        for (; seen < 6; ++seen) micros *= 10;
        return micros;
    }
    bool done() const { return good_ && rest_.empty(); }

private:
    char next() {
        if (rest_.empty()) return '\0';
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }
    int fail() {
        good_ = false;
        return 0;
    }

    std::string_view rest_;
    bool good_ = true;
};

Error not_a_time(std::string_view text) {
    return Error(Code::bad_data, "\"" + std::string(text.substr(0, 40)) + "\" is not a time")
        .cure("Write RFC 3339 with an offset, like 2026-10-02T09:14:00Z.");
}

}  // namespace

Result<Time> parse_rfc3339(std::string_view text) {
    using namespace std::chrono;
    Reader reader(text);
    const int y = reader.digits(4);
    reader.expect("-");
    const int m = reader.digits(2);
    reader.expect("-");
    const int d = reader.digits(2);
    reader.expect("Tt ");
    const int hour = reader.digits(2);
    reader.expect(":");
    const int minute = reader.digits(2);
    reader.expect(":");
    const int second = reader.digits(2);
    const std::int64_t micros = reader.take_any(".") ? reader.microseconds() : 0;
    int offset_minutes = 0;
    char sign = 'Z';
    if (!reader.take_any("Zz")) {
        if (!reader.take_any("+-", &sign)) return not_a_time(text);
        const int offset_hours = reader.digits(2);
        reader.expect(":");
        offset_minutes = offset_hours * 60 + reader.digits(2);
        if (sign == '-') offset_minutes = -offset_minutes;
    }
    const year_month_day date{
        year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    // 60 is a leap second; it counts as the last second of its minute.
    if (!reader.done() || !date.ok() || y < 1 || hour > 23 || minute > 59 || second > 60 ||
        offset_minutes > 1439 || offset_minutes < -1439) {
        return not_a_time(text);
    }
    return Time(sys_days{date}) + hours{hour} + minutes{minute - offset_minutes} +
           seconds{second == 60 ? 59 : second} + microseconds{micros};
}

std::string format_rfc3339(Time time) {
    using namespace std::chrono;
    const auto days = floor<std::chrono::days>(time);
    const year_month_day date{days};
    const hh_mm_ss clock{time - days};
    std::string result;
    result.reserve(27);
    append_digits(result, static_cast<int>(date.year()), 4);
    append_digits(result.append(1, '-'), static_cast<int>(static_cast<unsigned>(date.month())), 2);
    append_digits(result.append(1, '-'), static_cast<int>(static_cast<unsigned>(date.day())), 2);
    append_digits(result.append(1, 'T'), static_cast<int>(clock.hours().count()), 2);
    append_digits(result.append(1, ':'), static_cast<int>(clock.minutes().count()), 2);
    append_digits(result.append(1, ':'), static_cast<int>(clock.seconds().count()), 2);
    if (const auto micros = clock.subseconds().count(); micros != 0) {
        append_digits(result.append(1, '.'), static_cast<int>(micros), 6);
    }
    return result.append("Z");
}

Time SystemClock::now() const {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()
    );
}

std::chrono::steady_clock::time_point SystemClock::steady() const {
    return std::chrono::steady_clock::now();
}

}  // namespace touchline
