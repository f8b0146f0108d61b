// From a file to a Config, with everything that is wrong in it at once.
#pragma once

#include "touchline/config/config.hpp"
#include "touchline/config/problem.hpp"
#include "touchline/json/node.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::config {

struct Loaded {
    Config config;  ///< what could be read, even where there are errors; use it only if ok()
    std::vector<Problem> problems;  ///< in the order of the file
    std::string source;             ///< the text for render(), secrets replaced by asterisks

    bool ok() const;
};

/// A file that cannot be read is a problem too. Reads no secret, opens no mapping, calls no plugin.
Loaded load(const std::filesystem::path& path);
/// The same from a text; `folder` is what relative paths begin at.
Loaded load_text(std::string text, std::string file_name, const std::filesystem::path& folder);

}  // namespace touchline::config
