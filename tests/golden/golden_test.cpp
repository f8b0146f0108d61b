// Each folder here is a case: input.ndjson (or input.json) goes through mapping.yaml and must
// become expected.ndjson, with the texts of errors.txt for what fails. TOUCHLINE_UPDATE_GOLDEN=1
// rewrites both; read the diff before you keep it.
#include "touchline/config/yaml.hpp"
#include "touchline/json/view.hpp"
#include "touchline/mapping/runner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace touchline {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

std::vector<std::string> read_records(const fs::path& folder) {
    if (fs::exists(folder / "input.json")) return {read_file(folder / "input.json")};
    std::vector<std::string> records;
    std::istringstream lines(read_file(folder / "input.ndjson"));
    for (std::string line; std::getline(lines, line);) records.push_back(line);
    return records;
}

std::string to_line(const Error& error) {
    std::string text;
    if (const auto& place = error.place()) {
        text = place->file + ":" + std::to_string(place->line) + ":" +
               std::to_string(place->column) + "  ";
    }
    text += error.text() + "\n";
    if (!error.cure().empty()) text += "    " + error.cure() + "\n";
    return text;
}

template <typename Record>
void append(std::string& text, const std::vector<Record>& records) {
    for (const Record& record : records) {
        json::Writer writer;
        model::write(writer, record);
        text += writer.take() + "\n";
    }
}

struct Produced {
    std::string expected;
    std::string errors;
};

void run_records(const mapping::Mapping& mapping, const fs::path& folder, Produced& produced) {
    mapping::Runner runner;
    json::Parser parser;
    const auto settings = json::Document::parse(R"({"subdomain":"halden"})");
    std::size_t number = 0;
    for (const std::string& record : read_records(folder)) {
        ++number;
        model::Source source;
        source.connection = "golden";
        source.system = "test";
        source.stream = folder.filename().string();
        source.external_id = std::to_string(number);
        source.ingested_at = Time(std::chrono::seconds(1'790'932'440));
        const mapping::Context context{
            .tenant = "golden",
            .source = source,
            .settings = settings->root(),
            .department = "support"};
        mapping::Output output;
        const auto view = parser.parse(record);
        const auto result =
            view ? runner.run(mapping, context, *view, output) : Result<void>(view.error());
        if (!result)
            produced.errors += "record " + std::to_string(number) + "  " + to_line(result.error());
        append(produced.expected, output.touchpoints);
        append(produced.expected, output.facts);
        append(produced.expected, output.links);
    }
}

Produced produce(const fs::path& folder) {
    Produced produced;
    const auto node = config::read_yaml(read_file(folder / "mapping.yaml"), "mapping.yaml");
    if (!node) return {{}, to_line(node.error())};
    std::vector<Error> problems;
    const auto mapping = mapping::Mapping::compile(*node, problems);
    for (const Error& problem : problems) produced.errors += to_line(problem);
    if (mapping) run_records(*mapping, folder, produced);
    return produced;
}

void write_unless_empty(const fs::path& path, const std::string& text) {
    if (text.empty()) {
        fs::remove(path);
    } else {
        std::ofstream(path) << text;
    }
}

TEST(Golden, EveryCaseBecomesWhatItsFolderSays) {
    const bool update = std::getenv("TOUCHLINE_UPDATE_GOLDEN") != nullptr;
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(TOUCHLINE_SOURCE_DIR "/tests/golden")) {
        if (fs::exists(entry.path() / "mapping.yaml")) folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    ASSERT_FALSE(folders.empty());
    for (const fs::path& folder : folders) {
        SCOPED_TRACE(folder.filename().string());
        const Produced produced = produce(folder);
        if (update) {
            write_unless_empty(folder / "expected.ndjson", produced.expected);
            write_unless_empty(folder / "errors.txt", produced.errors);
        }
        EXPECT_EQ(read_file(folder / "expected.ndjson"), produced.expected);
        EXPECT_EQ(read_file(folder / "errors.txt"), produced.errors);
    }
}

}  // namespace
}  // namespace touchline
