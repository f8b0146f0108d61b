#include "query.hpp"

#include <cstdio>

namespace request_tracker {

namespace sdk = touchline::sdk;

Conditions& Conditions::add(std::string_view field, std::string_view op, std::string_view value) {
    std::string json;
    sdk::append_quoted(json, value);
    add_raw(field, op, json);
    return *this;
}

Conditions& Conditions::add_list(
    std::string_view field, std::string_view op, const std::vector<std::string>& values
) {
    std::string json = "[";
    for (const auto& value : values) {
        if (json.size() > 1) json += ',';
        sdk::append_quoted(json, value);
    }
    add_raw(field, op, json + "]");
    return *this;
}

Conditions& Conditions::is_null(std::string_view field) {
    return add(field, "IS", "NULL");
}

void Conditions::add_raw(std::string_view field, std::string_view op, std::string_view json) {
    if (!items_.empty()) items_ += ',';
    // Without the aggregator RT joins two conditions on one column by OR.
    sdk::JsonObject(items_)
        .text("field", field)
        .text("operator", op)
        .raw("value", json)
        .text("entry_aggregator", "AND")
        .end();
}

sdk::HttpRequest search(
    const std::string& collection,
    const Conditions& conditions,
    std::uint64_t page,
    std::string fields
) {
    sdk::HttpRequest request("api", "/" + collection);
    request.content("application/json", conditions.json()).with_flags(TL_HTTP_IDEMPOTENT);
    request.param("per_page", "100")
        .param("page", std::to_string(page))
        .param("fields", std::move(fields));
    return request;
}

std::string tickets_query(const std::vector<std::string>& ids) {
    std::string query;
    for (const auto& id : ids) {
        query += query.empty() ? "(id = " : " OR id = ";
        query += id;
    }
    return query + ") AND EffectiveId > 0";
}

std::string percent_encode(std::string_view text) {
    constexpr char k_hex[] = "0123456789ABCDEF";
    constexpr std::string_view k_plain =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~";
    std::string out;
    for (const char c : text) {
        if (k_plain.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', k_hex[byte >> 4], k_hex[byte & 15]};
        }
    }
    return out;
}

std::string sql_time(std::string_view rfc3339) {
    std::string text(rfc3339.substr(0, 19));
    if (text.size() == 19) text[10] = ' ';
    return text;
}

// Howard Hinnant's days_from_civil and its inverse (public domain): a plugin has no time zone
// database to lean on.
std::int64_t unix_seconds(std::string_view rfc3339) {
    int year = 0;
    unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
    const std::string text(rfc3339);
    if (std::sscanf(
            text.c_str(), "%4d-%2u-%2uT%2u:%2u:%2u", &year, &month, &day, &hour, &minute, &second
        ) != 6) {
        return 0;
    }
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = year / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year =
        (153 * (static_cast<std::int64_t>(month) + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (era * 146097 + day_of_era - 719468) * 86400 + hour * 3600 + minute * 60 + second;
}

std::string rfc3339(std::int64_t unix_ms) {
    const std::int64_t seconds = unix_ms / 1000;
    const std::int64_t days = seconds / 86400 + 719468;
    const std::int64_t era = days / 146097;
    const std::int64_t day_of_era = days - era * 146097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    const std::int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    const std::int64_t month = shifted_month + (shifted_month < 10 ? 3 : -9);
    const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    const auto of_day = seconds % 86400;
    char text[64];
    std::snprintf(
        text,
        sizeof(text),
        "%04lld-%02lld-%02lldT%02lld:%02lld:%02lldZ",
        static_cast<long long>(year),
        static_cast<long long>(month),
        static_cast<long long>(day),
        static_cast<long long>(of_day / 3600),
        static_cast<long long>(of_day / 60 % 60),
        static_cast<long long>(of_day % 60)
    );
    return text;
}

}  // namespace request_tracker
