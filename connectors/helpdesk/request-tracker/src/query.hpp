// Writing the questions that Request Tracker's REST 2.0 understands.
#pragma once

#include "touchline/sdk/plugin.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace request_tracker {

/// The JSON body of a search: [{"field": "id", "operator": ">", "value": "7"}, …], all of which
/// have to hold.
class Conditions {
public:
    Conditions& add(std::string_view field, std::string_view op, std::string_view value);
    Conditions& add_list(
        std::string_view field, std::string_view op, const std::vector<std::string>& values
    );
    /// The column holds nothing.
    Conditions& is_null(std::string_view field);
    std::string json() const { return "[" + items_ + "]"; }

private:
    void add_raw(std::string_view field, std::string_view op, std::string_view json);
    std::string items_;
};

/// A search in a collection; the POST changes nothing, so the host may repeat it.
touchline::sdk::HttpRequest search(
    const std::string& collection,
    const Conditions& conditions,
    std::uint64_t page,
    std::string fields
);

/// "id = 1 OR id = 2" for the ticket language, which leaves merged tickets out unless EffectiveId
/// is mentioned.
std::string tickets_query(const std::vector<std::string>& ids);

/// For a part of a path.
std::string percent_encode(std::string_view text);

/// "2026-11-23T14:25:47Z" as the database writes it: "2026-11-23 14:25:47".
std::string sql_time(std::string_view rfc3339);
std::string rfc3339(std::int64_t unix_ms);
/// Seconds since 1970 of a time as RT writes it ("2026-11-23T14:25:47Z"); 0 when it is none.
std::int64_t unix_seconds(std::string_view rfc3339);

}  // namespace request_tracker
