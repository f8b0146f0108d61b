// Tryton's JSON-RPC: one method a request, and values that say their class.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

#include <optional>
#include <string>

namespace tryton {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

/// `params` is the inside of a JSON array. The answer holds its value at "/result". Error: denied
/// (no right to the model), bad_data (another fault, which Tryton answers with 200).
Result<sdk::HttpResponse> call(Job& job, const std::string& method, const std::string& params);

/// {"__class__":"datetime",…} with milliseconds.
std::string datetime_json(std::int64_t unix_ms);
/// Of a datetime or date object; nothing for null and everything else.
std::optional<std::int64_t> datetime_ms(const sdk::Value& value);
/// What a mapping can read: datetimes as RFC 3339 with microseconds, dates as 2026-11-28, decimals
/// as their digits, the rest as it is. JSON.
std::string plain_json(const sdk::Value& value);

}  // namespace tryton
