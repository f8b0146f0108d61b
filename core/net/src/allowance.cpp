#include "touchline/net/allowance.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace touchline::net {

namespace {

using std::chrono::duration_cast;

constexpr double k_longest_wait_s = 86400;

/// The number that a field begins with ("100, 100;w=10" is 100).
std::optional<double> number(const Headers& headers, std::string_view name) {
    const auto field = headers.get(name);
    if (!field) return std::nullopt;
    const std::string text(*field);
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || !std::isfinite(value) || value < 0) return std::nullopt;
    return value;
}

Time after(Time now, double seconds) {
    const std::chrono::duration<double> wait(std::clamp(seconds, 0.0, k_longest_wait_s));
    return now + duration_cast<Time::duration>(wait);
}

std::optional<Time> reset_time(const Headers& headers, std::string_view name, Time now) {
    const auto field = headers.get(name);
    if (!field) return std::nullopt;
    if (const auto time = parse_rfc3339(trim(*field))) return *time;
    const auto value = number(headers, name);
    if (!value) return std::nullopt;
    // Small numbers are a wait, larger ones a date: nobody says "in thirty years".
    const double now_s = std::chrono::duration<double>(now.time_since_epoch()).count();
    if (*value > 1e12) return after(now, *value / 1000 - now_s);
    if (*value > 1e9) return after(now, *value - now_s);
    return after(now, *value);
}

void add(
    std::vector<Allowance>& found,
    std::string name,
    std::optional<double> limit,
    std::optional<double> remaining,
    Time resets_at
) {
    if (limit && remaining && *limit > 0)
        found.push_back({std::move(name), *limit, std::min(*remaining, *limit), resets_at});
}

/// `prefix`-Limit, -Remaining and -Reset.
void add_family(
    std::vector<Allowance>& found, const Headers& headers, const std::string& prefix, Time now
) {
    auto limit = number(headers, prefix + "-Limit");
    if (!limit) limit = number(headers, prefix + "-Total");
    if (!limit) limit = number(headers, prefix);
    const auto resets_at = reset_time(headers, prefix + "-Reset", now);
    const Time until = resets_at.value_or(after(now, 60));
    const bool is_long = until - now > std::chrono::hours(1);
    add(found, is_long ? "day" : "minute", limit, number(headers, prefix + "-Remaining"), until);
}

Time next_midnight(Time now) {
    return std::chrono::floor<std::chrono::days>(now) + std::chrono::days(1);
}

void add_hubspot(std::vector<Allowance>& found, const Headers& headers, Time now) {
    const std::string prefix = "X-HubSpot-RateLimit-";
    const double span_s = number(headers, prefix + "Interval-Milliseconds").value_or(10'000) / 1000;
    add(found,
        "second",
        number(headers, prefix + "Max"),
        number(headers, prefix + "Remaining"),
        after(now, span_s));
    add(found,
        "day",
        number(headers, prefix + "Daily"),
        number(headers, prefix + "Daily-Remaining"),
        next_midnight(now));
}

/// "api-usage=18/5000; per-app-api-usage=17/250(appName=x)": of a day that rolls.
void add_salesforce(std::vector<Allowance>& found, const Headers& headers, Time now) {
    const auto field = headers.get("Sforce-Limit-Info");
    const auto at = field ? field->find("api-usage=") : std::string_view::npos;
    if (at == std::string_view::npos) return;
    const std::string text(field->substr(at + 10));
    char* end = nullptr;
    const double used = std::strtod(text.c_str(), &end);
    if (*end != '/') return;
    const double limit = std::strtod(end + 1, nullptr);
    add(found, "day", limit, std::max(0.0, limit - used), after(now, 3600));
}

/// "32/40": a bucket that leaks two a second.
void add_shopify(std::vector<Allowance>& found, const Headers& headers, Time now) {
    const auto field = headers.get("X-Shopify-Shop-Api-Call-Limit");
    if (!field) return;
    const std::string text(*field);
    char* end = nullptr;
    const double used = std::strtod(text.c_str(), &end);
    if (*end != '/') return;
    const double limit = std::strtod(end + 1, nullptr);
    add(found, "second", limit, std::max(0.0, limit - used), after(now, limit / 4));
}

}  // namespace

std::vector<Allowance> read_allowances(const Headers& headers, Time now) {
    std::vector<Allowance> found;
    for (const char* prefix : {"RateLimit", "X-RateLimit", "X-Rate-Limit"})
        add_family(found, headers, prefix, now);
    add_hubspot(found, headers, now);
    add_salesforce(found, headers, now);
    add_shopify(found, headers, now);
    return found;
}

}  // namespace touchline::net
