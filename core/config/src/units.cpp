#include "touchline/config/units.hpp"

#include <charconv>
#include <limits>
#include <string>
#include <utility>

namespace touchline::config {
namespace {

using std::chrono::milliseconds;

Error wrong(std::string_view text, std::string_view wanted) {
    return Error(Code::config, "\"" + std::string(text) + "\" is not " + std::string(wanted));
}

/// Takes digits off the front; false when there are none or too many.
template <typename Number>
bool take_number(std::string_view& text, Number& number) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end == text.data() || text.front() == '-') return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

constexpr std::pair<std::string_view, std::int64_t> k_durations[] = {
    {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}, {"w", 604'800'000}};

constexpr std::pair<std::string_view, std::uint64_t> k_sizes[] = {
    {"B", 1},
    {"kB", 1000},
    {"MB", 1'000'000},
    {"GB", 1'000'000'000},
    {"KiB", 1u << 10},
    {"MiB", 1u << 20},
    {"GiB", 1u << 30}};

constexpr std::pair<std::string_view, int> k_periods[] = {
    {"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86'400}};

constexpr std::int64_t k_longest_ms = 36'525LL * 86'400'000;  // 100 years

}  // namespace

Result<milliseconds> parse_duration(std::string_view text) {
    const Error error = wrong(text, "a duration such as 30s, 5m, 1h30m or 2d");
    std::string_view rest = text;
    std::int64_t total = 0;
    do {
        std::int64_t count = 0;
        if (!take_number(rest, count)) return error;
        const std::string_view unit = rest.substr(0, rest.find_first_of("0123456789"));
        rest.remove_prefix(unit.size());
        std::int64_t unit_ms = 0;
        for (const auto& [name, ms] : k_durations) {
            if (name == unit) unit_ms = ms;
        }
        if (unit_ms == 0 || count > k_longest_ms / unit_ms) return error;
        total += count * unit_ms;
        if (total > k_longest_ms) return error;
    } while (!rest.empty());
    return milliseconds(total);
}

Result<std::uint64_t> parse_size(std::string_view text) {
    const Error error = wrong(text, "a size such as 512 KiB, 64 MiB or 2 GB");
    std::string_view rest = text;
    std::uint64_t count = 0;
    if (!take_number(rest, count)) return error;
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    for (const auto& [name, bytes] : k_sizes) {
        if (name != rest) continue;
        if (count > std::numeric_limits<std::uint64_t>::max() / bytes) return error;
        return count * bytes;
    }
    return error;
}

Result<Rate> parse_rate(std::string_view text) {
    const Error error = wrong(text, "a count and a period such as 10/s or 400/min");
    std::string_view rest = text;
    Rate rate;
    if (!take_number(rest, rate.count) || rate.count == 0 || !rest.starts_with('/')) return error;
    rest.remove_prefix(1);
    for (const auto& [name, seconds] : k_periods) {
        if (name == rest) {
            rate.per = std::chrono::seconds(seconds);
            return rate;
        }
    }
    return error;
}

Result<Time> parse_since(std::string_view text) {
    const bool is_date = text.size() == 10;
    auto time = parse_rfc3339(is_date ? std::string(text) + "T00:00:00Z" : std::string(text));
    if (!time) return wrong(text, "a date or a time such as 2024-01-01 or 2024-01-01T08:00:00Z");
    return time;
}

Result<void> check_address(std::string_view text) {
    const Error error = wrong(text, "an address and a port such as 127.0.0.1:8420");
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return error;
    const std::string_view host = text.substr(0, colon);
    std::string_view port = text.substr(colon + 1);
    std::uint16_t number = 0;
    if (port.size() > 5 || !take_number(port, number) || !port.empty()) return error;
    const bool is_bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    const std::string_view bare = is_bracketed ? host.substr(1, host.size() - 2) : host;
    if (bare.find_first_of("[] \t/") != std::string_view::npos) return error;
    if (!is_bracketed && bare.find(':') != std::string_view::npos) return error;
    return {};
}

}  // namespace touchline::config
