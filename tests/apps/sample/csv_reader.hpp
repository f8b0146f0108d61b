// Just enough CSV for tests: quoted cells, one record per line, rows as columns by name.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::sample {

using CsvRow = std::map<std::string, std::string>;

std::string read_all(const std::filesystem::path& file);
std::vector<std::string> split_csv(std::string_view line, char delimiter);
/// Rows with the wrong number of cells have only the cells that there are.
std::vector<CsvRow> read_csv(const std::string& text, char delimiter);

}  // namespace touchline::sample
