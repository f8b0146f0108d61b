#include "csv_reader.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace touchline::sample {

std::string read_all(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

std::vector<std::string> split_csv(std::string_view line, char delimiter) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') {
            if (quoted && i + 1 < line.size() && line[i + 1] == '"')
                cells.back() += line[++i];
            else
                quoted = !quoted;
        } else if (line[i] == delimiter && !quoted) {
            cells.emplace_back();
        } else {
            cells.back() += line[i];
        }
    }
    return cells;
}

std::vector<CsvRow> read_csv(const std::string& text, char delimiter) {
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    const auto columns = split_csv(line, delimiter);
    std::vector<CsvRow> rows;
    while (std::getline(lines, line)) {
        const auto cells = split_csv(line, delimiter);
        CsvRow& row = rows.emplace_back();
        for (std::size_t i = 0; i < std::min(cells.size(), columns.size()); ++i)
            row[columns[i]] = cells[i];
    }
    return rows;
}

}  // namespace touchline::sample
