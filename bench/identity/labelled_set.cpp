#include "labelled_set.hpp"

#include "touchline/json/records.hpp"
#include "touchline/json/view.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace touchline::bench {
namespace {

std::string text_of(const std::filesystem::path& path) {
    std::string text(std::filesystem::file_size(path), '\0');
    std::ifstream(path, std::ios::binary).read(text.data(), std::streamsize(text.size()));
    return text;
}

}  // namespace

std::vector<LabelledRecord> read_labelled_records(const std::filesystem::path& set) {
    const auto text = text_of(set / "records.jsonl");
    std::vector<LabelledRecord> records;
    json::Parser parser;
    for (const auto line : json::split_lines(text)) {
        const auto parsed = parser.parse(line);
        if (!parsed) continue;
        const auto fields_about = records.empty() ? 0 : records.back().record.fields.size();
        auto& [record, written] = records.emplace_back();
        record.fields.reserve(fields_about);
        written = line;
        for (const auto [name, value] : parsed->members()) {
            std::string content(value.as_string().value_or(""));
            if (name == "id")
                record.id = std::move(content);
            else if (name == "source")
                record.source = std::move(content);
            else
                record.fields.push_back({std::string(name), std::move(content)});
        }
    }
    std::ranges::sort(records, {}, [](const LabelledRecord& one) { return one.record.id; });
    return records;
}

std::vector<std::string> rows_of(const std::filesystem::path& file) {
    std::istringstream lines(text_of(file));
    std::vector<std::string> rows;
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) line.pop_back();
        rows.push_back(std::move(line));
    }
    if (!rows.empty()) rows.erase(rows.begin());
    return rows;
}

identity::Labels read_truth(const std::filesystem::path& set) {
    identity::Labels truth;
    for (const auto& line : rows_of(set / "truth.csv")) {
        const auto comma = line.find(',');
        truth.emplace(line.substr(0, comma), line.substr(comma + 1));
    }
    return truth;
}

std::vector<std::filesystem::path> open_sets() {
    std::vector<std::filesystem::path> sets;
    for (const auto& entry :
         std::filesystem::directory_iterator(TOUCHLINE_SOURCE_DIR "/tests/data/identity"))
        if (entry.is_directory()) sets.push_back(entry.path());
    return sets;
}

}  // namespace touchline::bench
