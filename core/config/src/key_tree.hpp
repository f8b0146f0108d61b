// Walking the table of keys: which keys stand under one, and how paths are put together.
#pragma once

#include "touchline/config/keys.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace touchline::config {

/// "connections.*" and "plugin" make "connections.*.plugin"; an empty parent adds no dot.
std::string join_path(std::string_view parent, std::string_view name);
/// The last part of a path: "plugin".
std::string_view last_part(std::string_view path);
/// The keys one level below `parent` ("" for the file itself), in the table's order.
std::vector<const Key*> children_of(std::string_view parent);
std::vector<std::string_view> split_words(std::string_view text);
/// "must be ..." completed for people: "a duration such as 5m, 1h30m or 2d".
std::string describe(const Key& key);

}  // namespace touchline::config
