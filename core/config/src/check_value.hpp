// Whether one value fits its key.
#pragma once

#include "touchline/config/keys.hpp"
#include "touchline/json/node.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace touchline::config {

struct WrongValue {
    std::string message;  ///< "must be true or false, not \"yes\""
    std::string cure;
};

/// Nothing when the value fits. Looks at the value itself, not at what a mapping holds.
std::optional<WrongValue> wrong_value(const json::Node& value, const Key& key);

/// Lower case letters, digits, "-", "_" and ".", at most 64, a letter first.
bool is_id(std::string_view text);

}  // namespace touchline::config
