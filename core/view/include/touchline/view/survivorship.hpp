// The values that survive: what a customer's fields are, from what all sources say and what people
// decided, with the losing values beside them.
#pragma once

#include "touchline/model/survivorship.hpp"
#include "touchline/store/rows.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace touchline::view {

struct FieldValue {
    std::string value;  ///< JSON
    std::string from;   ///< "crm/contacts/17", or "agent/eva"
    Time observed_at{};
};

struct Field {
    /// Nothing where the record that the fields beside it come from leaves this one open.
    std::optional<FieldValue> current;
    std::string rule;                ///< "most_recent"; "manual": a person decided
    std::string reason;              ///< why that person did; mostly empty
    std::vector<FieldValue> rivals;  ///< other values, each once, the next best first
};

/// By name. Pure: the same facts and choices in any order give the same fields.
std::map<std::string, Field> surviving_fields(
    const std::vector<store::StoredFact>& facts,
    const std::vector<store::FieldChoice>& choices,
    const model::Survivorship& rules
);

/// The text of a JSON string; other JSON as it is.
std::string plain_text(const std::string& json);

}  // namespace touchline::view
