// Reading YAML (1.2, of which JSON is a part) into a tree that remembers where everything stood.
// This module is the only user of yaml-cpp, and none of its types is visible here.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/json/node.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace touchline::config {

/// Reads one document; an empty text is a null node. Aliases are expanded, keys of a mapping are
/// unique scalars, columns count code points. `file_name` is what places show. Any thread. Error:
/// config, with place and cure: bad syntax, a key given twice, several documents, tags other than
/// the standard ones, merge keys (`<<`), bytes that are not UTF-8, more than 100 levels, 200,000
/// values or 16 MiB of text once aliases are expanded.
Result<json::Node> read_yaml(std::string_view text, std::string file_name);

/// The same from a file; places show the path as given. Error also: not_found.
Result<json::Node> read_yaml_file(const std::filesystem::path& path);

/// A whole file of at most 16 MiB. Error: not_found, config.
Result<std::string> read_text_file(const std::filesystem::path& path);

}  // namespace touchline::config
