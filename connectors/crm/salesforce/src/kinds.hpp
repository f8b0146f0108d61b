// Salesforce's objects: one stream each, read the same two ways.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace salesforce {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

/// What a CSV cell has to become to be the same as in JSON.
enum class Form { text, number, boolean, time };

struct Field {
    std::string_view name;
    Form form = Form::text;
};

struct Kind {
    std::string_view stream;
    std::string_view object;  ///< what SOQL calls it
    std::vector<Field> fields;
    /// The field that names an opportunity, whose contacts a record is given; empty: it has its
    /// own.
    std::string_view opportunity;

    /// SELECT … FROM …
    std::string select() const;
};

/// nullptr: there is none.
const Kind* kind_named(std::string_view stream);

/// Transactions commit after the time that they stamp on their rows, up to ten minutes later: so
/// much is read again.
inline constexpr std::int64_t k_overlap_ms = 600'000;

/// The state's members. `time` and `after`: the last row read, by SystemModstamp and Id; `latest`:
/// the highest SystemModstamp; `job`, `locator` and `begun`: a back-fill under way.
inline std::vector<std::string> state_names() {
    return {"time", "after", "latest", "job", "locator", "begun"};
}

/// All rows by a Bulk API 2.0 job; leaves the state where queries go on.
Result<void> read_bulk(Job& job, const sdk::ReadArgs& args, const Kind& kind, sdk::State& state);
/// Rows that were changed since, deleted ones included.
Result<void> read_changes(Job& job, const sdk::ReadArgs& args, const Kind& kind, sdk::State& state);
/// Hands over rows, one JSON text a line, with `contacts` where the kind has them of its
/// opportunity.
Result<void> emit_rows(Job& job, const Kind& kind, const std::vector<std::string>& rows);

}  // namespace salesforce
