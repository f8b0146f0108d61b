// A mapping file on disk: read, checked, compiled.
#pragma once

#include "connections.hpp"

#include "touchline/mapping/mapping.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace touchline::app {

struct MappingFile {
    mapping::Mapping mapping;
    std::string name;  ///< "tickets.yaml@1a2b3c4d": file name and content
    std::string source;
};

/// Appends every problem; nothing when there are any.
std::optional<MappingFile> load_mapping(
    const std::filesystem::path& file, std::vector<FileProblem>& problems
);

/// The same of a text that stands for the file.
std::optional<MappingFile> compile_mapping(
    std::string text, const std::filesystem::path& file, std::vector<FileProblem>& problems
);

}  // namespace touchline::app
